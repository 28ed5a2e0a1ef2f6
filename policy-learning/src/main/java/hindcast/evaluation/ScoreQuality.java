package hindcast.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * How far the probabilities behind an estimate can be trusted, as a mergeable statistic.
 *
 * <ul>
 *   <li>{@link #relativeBias}: with b_i the relative bias of π(a_i|x_i), the sums Σ w r and Σ w are
 *       too large by the shares Σ w r b / Σ w r and Σ w b / Σ w. Of these the larger, which bounds
 *       the relative bias of IPS and, since both err upwards, of SNIPS. 0 where every Z was summed
 *       exactly.
 *   <li>{@link #newItemMass}: the mean mass the policy puts on items newer than its log, over the
 *       outcomes where it was measured. No log before those items can say what they earn.
 * </ul>
 */
public final class ScoreQuality {
  private double weight;
  private double weightBias;
  private double reward;
  private double rewardBias;
  private double mass;
  private long measured;

  /** Adds an outcome. */
  public void add(ScoredOutcome outcome) {
    double w = outcome.scored().weight();
    double wr = w * outcome.scored().reward();
    weight += w;
    weightBias += w * outcome.relativeBias();
    reward += wr;
    rewardBias += wr * outcome.relativeBias();
    if (!Double.isNaN(outcome.newItemMass())) {
      mass += outcome.newItemMass();
      measured++;
    }
  }

  /** Adds what another has seen. */
  public void merge(ScoreQuality other) {
    weight += other.weight;
    weightBias += other.weightBias;
    reward += other.reward;
    rewardBias += other.rewardBias;
    mass += other.mass;
    measured += other.measured;
  }

  /** Bound of the relative bias of the estimated value; 0 where nothing was estimated. */
  public double relativeBias() {
    return Math.max(ratio(weightBias, weight), ratio(rewardBias, reward));
  }

  /** Mean mass on items newer than the policy's log; empty where it was never measured. */
  public OptionalDouble newItemMass() {
    return measured == 0 ? OptionalDouble.empty() : OptionalDouble.of(mass / measured);
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(weight);
    out.writeDouble(weightBias);
    out.writeDouble(reward);
    out.writeDouble(rewardBias);
    out.writeDouble(mass);
    out.writeLong(measured);
  }

  /** Reads what {@link #write} wrote. */
  public static ScoreQuality read(DataInput in) throws IOException {
    ScoreQuality quality = new ScoreQuality();
    quality.weight = in.readDouble();
    quality.weightBias = in.readDouble();
    quality.reward = in.readDouble();
    quality.rewardBias = in.readDouble();
    quality.mass = in.readDouble();
    quality.measured = in.readLong();
    return quality;
  }
}
