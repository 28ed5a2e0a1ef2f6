package hindcast.evaluation;

import hindcast.estimator.PointEstimate;
import hindcast.estimator.SupportRule;
import hindcast.estimator.WeightMoments;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import hindcast.numeric.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The paired difference of a policy to the deployed one d, which need not have made the log, over
 * the impressions that both were scored on. With weights w and w_d and reward r in [0, 1]:
 *
 * <pre>
 * value             mean of (w - w_d) r
 * standard error    sd of (w - w_d) r / sqrt(n)
 * interval          at a fixed time, where the weights of both policies carry one
 * sequence          at all times at once, by {@link DifferenceSequence}: no bound on weights
 * </pre>
 *
 * <p>The sequence is valid where E[w] = E[w_d] = 1, that is where the log shows whatever the two
 * policies show, and the propensities are those of decision time: absent from the first outcome on
 * whose propensity was estimated. Outcomes enter as they stood when their window closed. Order
 * matters and states do not merge. Not thread-safe.
 */
public final class DeployedDifference {
  private final Moments difference = new Moments();
  private final WeightMoments weights = new WeightMoments();
  private final WeightMoments deployedWeights = new WeightMoments();
  private final DifferenceSequence sequence;
  private boolean valid = true;

  /**
   * No impressions yet.
   *
   * @param alpha probability that the sequence ever misses the difference, in (0, 1)
   */
  public DeployedDifference(double alpha) {
    sequence = new DifferenceSequence(alpha);
  }

  /**
   * Adds one impression.
   *
   * @param weight w, at least 0
   * @param deployedWeight w_d, at least 0
   * @param reward in [0, 1]
   * @param uncertainty of the propensity; 0 where the serving system logged it
   */
  public void add(double weight, double deployedWeight, double reward, double uncertainty) {
    valid &= uncertainty == 0;
    if (valid) {
      sequence.add(weight, deployedWeight, reward);
    }
    difference.add((weight - deployedWeight) * reward);
    weights.add(weight, reward);
    deployedWeights.add(deployedWeight, reward);
  }

  /** Impressions. */
  public long n() {
    return difference.n();
  }

  /** The difference with its standard error, rewards in [0, 1]; absent without impressions. */
  public PointEstimate estimate() {
    return PointEstimate.ofMean(difference);
  }

  /** The 95 % interval at a fixed time; absent where either policy has too little support. */
  public Optional<Interval> interval(SupportRule support) {
    return support.supports(weights) && support.supports(deployedWeights)
        ? estimate().interval()
        : Optional.empty();
  }

  /** The interval at all times at once; absent without impressions and where it is not valid. */
  public Optional<Interval> sequence() {
    return valid && sequence.n() > 0 ? Optional.of(sequence.interval()) : Optional.empty();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    difference.write(out);
    weights.write(out);
    deployedWeights.write(out);
    sequence.write(out);
    out.writeBoolean(valid);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    difference.read(in);
    weights.read(in);
    deployedWeights.read(in);
    sequence.read(in);
    valid = in.readBoolean();
  }
}
