package hindcast.interval;

import hindcast.numeric.CompensatedSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bounds for the value of a policy from implicit exploration; no bound on the weights is needed.
 *
 * <pre>
 * V >= mean(pi r / (p + gamma)) - ln(1 / delta) / (2 gamma n)     with probability 1 - delta
 * </pre>
 *
 * <p>The upper bound is the same for {@code 1 - r} and {@code 1 - V}. Holds at a fixed n.
 * Mergeable.
 *
 * <p>Gabbianelli, Neu, Papini, Importance-Weighted Offline Learning Done Right, ALT 2024.
 */
public final class ImplicitExplorationBound {
  private final double gamma;
  private final double logInverseDelta;
  private final CompensatedSum rewarded = new CompensatedSum();
  private final CompensatedSum missed = new CompensatedSum();
  private long n;

  /**
   * @param gamma above 0
   * @param delta probability that one bound fails, in (0, 1)
   */
  public ImplicitExplorationBound(double gamma, double delta) {
    if (!(gamma > 0 && gamma <= 1e50)) {
      throw new IllegalArgumentException("gamma must be in (0, 1e50]: " + gamma);
    }
    this.gamma = gamma;
    this.logInverseDelta = BettingTest.threshold(delta);
  }

  /** Adds one event: pi(a|x) in [0, 1], propensity p in (0, 1], reward r in [0, 1]. */
  public void add(double targetProbability, double propensity, double reward) {
    if (!(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException("propensity must be in (0, 1]: " + propensity);
    }
    if (!(targetProbability >= 0 && targetProbability <= 1)) {
      throw new IllegalArgumentException(
          "policy probability must be in [0, 1]: " + targetProbability);
    }
    WeightedReward.check(0, reward);
    double w = targetProbability / (propensity + gamma);
    n++;
    rewarded.add(w * reward);
    missed.add(w * (1 - reward));
  }

  /** Lower bound for V; minus infinity without events. */
  public double lower() {
    return bound(rewarded);
  }

  /** Upper bound for V; infinity without events. */
  public double upper() {
    return 1 - bound(missed);
  }

  private double bound(CompensatedSum sum) {
    return n == 0 ? Double.NEGATIVE_INFINITY : (sum.value() - logInverseDelta / (2 * gamma)) / n;
  }

  /** Adds all events of the other instance. */
  public void merge(ImplicitExplorationBound other) {
    if (gamma != other.gamma || logInverseDelta != other.logInverseDelta) {
      throw new IllegalArgumentException(
          "gamma and delta must be equal to merge: " + gamma + " and " + other.gamma);
    }
    n += other.n;
    rewarded.merge(other.rewarded);
    missed.merge(other.missed);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    rewarded.write(out);
    missed.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    rewarded.read(in);
    missed.read(in);
  }
}
