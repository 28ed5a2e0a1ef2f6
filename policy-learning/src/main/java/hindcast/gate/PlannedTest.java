package hindcast.gate;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An A/B test that is planned: of N events a share s goes to the policy and the rest to the logging
 * policy. It succeeds when it measures an uplift of more than u, one-sided, at its significance:
 *
 * <pre>
 *   mean(r of the policy) − (1 + u) mean(r of the logging policy) &gt; z s_test
 *   s_test² = Var(r | π) / (s N) + (1 + u)² Var(r | π0) / ((1 − s) N)      z = Φ⁻¹(1 − significance)
 * </pre>
 *
 * <p>Rewards are in [0, 1] units; the uplift is relative to where the user's unit is 0, at o there:
 * {@code V(π) − o > (1 + u) (V(π0) − o)}.
 *
 * @param events N, events of both arms together, in [2, 1e15]
 * @param share s, in (0, 1)
 * @param uplift u, relative, at least -1; 0 asks for any improvement
 * @param significance in (0, 0.5]; 0.5 asks only that the policy is ahead
 * @param origin o, the user's 0; 0 where rewards begin at 0
 */
public record PlannedTest(
    double events, double share, double uplift, double significance, double origin) {
  public PlannedTest {
    if (!(events >= 2 && events <= 1e15)) {
      throw new IllegalArgumentException("events of a test must be in [2, 1e15]: " + events);
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share of the policy must be in (0, 1): " + share);
    }
    if (!(uplift >= -1 && uplift <= 1e6)) {
      throw new IllegalArgumentException("uplift must be in [-1, 1e6]: " + uplift);
    }
    if (!(significance > 0 && significance <= 0.5)) {
      throw new IllegalArgumentException("significance must be in (0, 0.5]: " + significance);
    }
    if (!Double.isFinite(origin)) {
      throw new IllegalArgumentException("origin of the user's unit must be finite: " + origin);
    }
  }

  /** A test of rewards that begin at 0. */
  public PlannedTest(double events, double share, double uplift, double significance) {
    this(events, share, uplift, significance, 0);
  }

  /** The same test with another number of events. */
  public PlannedTest withEvents(double others) {
    return new PlannedTest(others, share, uplift, significance, origin);
  }

  /** z, at least 0. */
  public double threshold() {
    return NormalDistribution.of(0, 1).inverseSurvivalProbability(significance);
  }

  /** s_test² for given variances of the reward under the policy and the logging policy. */
  public double variance(double policyVariance, double loggingVariance) {
    double bar = 1 + uplift;
    return policyVariance / (share * events) + bar * bar * loggingVariance / ((1 - share) * events);
  }
}
