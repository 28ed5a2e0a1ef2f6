package hindcast.interval;

import hindcast.numeric.CompensatedSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bounds for the value of a policy from logarithmic smoothing; no bound on the weights is needed.
 *
 * <pre>
 * V >= (1 / lambda) (exp(mean(log(1 + lambda w r)) - ln(1 / delta) / n) - 1)     with probability 1 - delta
 * </pre>
 *
 * <p>For a lambda fixed beforehand each bound holds at all times at once, because {@code prod (1 +
 * lambda w r) / (1 + lambda V)} is a martingale. The upper bound is the same for {@code 1 - r} and
 * {@code 1 - V}, and uses that weights average 1. Mergeable.
 *
 * <p>Sakhi, Aouali, Alquier, Chopin, Logarithmic Smoothing for Pessimistic Off-Policy Evaluation,
 * Selection and Learning, NeurIPS 2024.
 */
public final class LogarithmicSmoothingBound {
  private final double lambda;
  private final double logInverseDelta;
  private final CompensatedSum rewarded = new CompensatedSum();
  private final CompensatedSum missed = new CompensatedSum();
  private long n;

  /**
   * @param lambda above 0; about 1 / sqrt(planned n)
   * @param delta probability that one bound fails, in (0, 1)
   */
  public LogarithmicSmoothingBound(double lambda, double delta) {
    if (!(lambda > 0 && lambda <= 1e50)) {
      throw new IllegalArgumentException("lambda must be in (0, 1e50]: " + lambda);
    }
    this.lambda = lambda;
    this.logInverseDelta = BettingTest.threshold(delta);
  }

  /** Adds one event: weight w of at least 0, reward r in [0, 1]. */
  public void add(double weight, double reward) {
    WeightedReward.check(weight, reward);
    n++;
    rewarded.add(Math.log1p(lambda * weight * reward));
    missed.add(Math.log1p(lambda * weight * (1 - reward)));
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
    return n == 0
        ? Double.NEGATIVE_INFINITY
        : Math.expm1((sum.value() - logInverseDelta) / n) / lambda;
  }

  /** Adds all events of the other instance. */
  public void merge(LogarithmicSmoothingBound other) {
    if (lambda != other.lambda || logInverseDelta != other.logInverseDelta) {
      throw new IllegalArgumentException(
          "lambda and delta must be equal to merge: " + lambda + " and " + other.lambda);
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
