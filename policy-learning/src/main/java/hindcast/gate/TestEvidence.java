package hindcast.gate;

import hindcast.criterion.Threshold;
import hindcast.numeric.CoMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * What a log says about an A/B test of a policy against the logging policy: the probability that it
 * succeeds, by the Gaussian aggregate of the paired excess.
 *
 * <pre>
 *   y = (w − 1 − u) r      δ = mean(y)      τ² = var(y) / n                       estimation risk
 *   s² = Var(r | π) / (share N) + (1 + u)² Var(r | π0) / ((1 − share) N)          outcome noise
 *   P(success) = Φ((δ − z s) / √(τ² + s²))
 *   Var(r | π) = Σwr² / Σw − (Σwr / Σw)²      Var(r | π0) = mean(r²) − mean(r)²
 * </pre>
 *
 * <p>With a prior of mean m₀ and variance s₀² on Δ = V(π) − V(π0) and none on V(π0): k = s₀² / (s₀²
 * + var Δ̂), b = cov(Δ̂, V̂0) / var Δ̂, Δ' = k Δ̂ + (1 − k) m₀ and
 *
 * <pre>
 *   δ = Δ' − u (V̂0 − b (Δ̂ − Δ'))      τ² = (1 − u b)² k var Δ̂ + u² (var V̂0 − b² var Δ̂)
 * </pre>
 *
 * <p>Holds where the mean of y is normal (a supported effective sample size), the test's events are
 * like the log's and independent of it, and the policy was neither trained on these events nor
 * picked as the best of several by them. Without a prior the true differences of the policies asked
 * about must be spread wider than τ, by three times or more; else they regress to their mean.
 *
 * <p>State: co-moments of (w r, r) and of (w, w r²); mergeable in any order. No forecast with fewer
 * than two events or without weight.
 *
 * <p>Source: aggregate-criterion paper with the outcome noise of methods 6 added.
 */
public final class TestEvidence {
  private static final double LARGEST_WEIGHT = 1e80;

  private final CoMoments rewards = new CoMoments();
  private final CoMoments weights = new CoMoments();

  /** Adds one event: importance weight w of at least 0 and reward r in [0, 1]. */
  public void add(double weight, double reward) {
    if (!(weight >= 0 && weight <= LARGEST_WEIGHT)) {
      throw new IllegalArgumentException("weight must be in [0, 1e80]: " + weight);
    }
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1]: " + reward);
    }
    rewards.add(weight * reward, reward);
    weights.add(weight, weight * reward * reward);
  }

  /** Adds all events of the other evidence. */
  public void merge(TestEvidence other) {
    rewards.merge(other.rewards);
    weights.merge(other.weights);
  }

  /** Events so far. */
  public long n() {
    return rewards.n();
  }

  /** Estimated V(π) − V(π0); 0 without events. */
  public double difference() {
    return rewards.meanX() - rewards.meanY();
  }

  /** Its standard error; infinite with fewer than two events. */
  public double differenceError() {
    return n() < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, differenceVariance()));
  }

  /** Mean reward of the log, V(π0); 0 without events. */
  public double loggingValue() {
    return rewards.meanY();
  }

  /** What a test is expected to show. */
  public Optional<TestForecast> forecast(PlannedTest test, DifferencePrior prior) {
    if (n() < 2 || weights.meanX() == 0) {
      return Optional.empty();
    }
    double u = test.uplift();
    double variance = differenceVariance();
    double keep = prior.weightOf(variance);
    double regression =
        variance == 0 ? 0 : (rewards.mxy() - rewards.myy()) / perSquare() / variance;
    double believed = prior.mean() + keep * (difference() - prior.mean());
    double logging = loggingValue() - regression * (difference() - believed);
    double leftover = rewards.myy() / perSquare() - regression * regression * variance;
    double slope = 1 - u * regression;
    double risk = slope * slope * keep * variance + u * u * Math.max(0, leftover);
    double excess = believed - u * (logging - test.origin());
    double noise = test.variance(policyVariance(), rewards.myy() / n());
    double success =
        new Threshold(test.threshold() * Math.sqrt(noise)).at(excess, risk + noise).value();
    double above = new Threshold(0).at(excess, risk).value();
    return Optional.of(
        new TestForecast(test, success, above, excess, Math.sqrt(risk), Math.sqrt(noise)));
  }

  private double perSquare() {
    return (double) n() * (n() - 1);
  }

  private double differenceVariance() {
    return Math.max(0, rewards.mxx() - 2 * rewards.mxy() + rewards.myy()) / perSquare();
  }

  private double policyVariance() {
    double mean = rewards.meanX() / weights.meanX();
    return Math.max(0, weights.meanY() / weights.meanX() - mean * mean);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    rewards.write(out);
    weights.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    rewards.read(in);
    weights.read(in);
  }
}
