package hindcast.gate;

/**
 * What a candidate of one policy line must show before it may replace the logging policy. Rewards
 * and the margin are in [0, 1] units.
 *
 * @param alpha error budget of the line over all its candidates ever, in (0, 1)
 * @param margin difference that must be exceeded, in [0, 1)
 * @param plan the A/B test that is planned
 * @param successLevel smallest probability that it succeeds, in [0, 1); 0 does not ask
 * @param prior of the difference
 * @param minimumEffectiveSampleSize smallest (Σwr)² / Σ(wr)², at least 0
 * @param maximumEventShare largest share of one event in Σwr or Σw, in (0, 1]
 * @param largestWeightCheck largest |z| of the weight check, above 0
 * @param maximumAgeMicros largest age of the newest outcome, microseconds, above 0
 */
public record GateRule(
    double alpha,
    double margin,
    TestPlan plan,
    double successLevel,
    DifferencePrior prior,
    double minimumEffectiveSampleSize,
    double maximumEventShare,
    double largestWeightCheck,
    long maximumAgeMicros) {
  public GateRule {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
    }
    if (!(margin >= 0 && margin < 1)) {
      throw new IllegalArgumentException("margin must be in [0, 1): " + margin);
    }
    if (!(successLevel >= 0 && successLevel < 1)) {
      throw new IllegalArgumentException(
          "level of the probability of success must be in [0, 1): " + successLevel);
    }
    if (!(minimumEffectiveSampleSize >= 0)) {
      throw new IllegalArgumentException(
          "minimum effective sample size must be at least 0: " + minimumEffectiveSampleSize);
    }
    if (!(maximumEventShare > 0 && maximumEventShare <= 1)) {
      throw new IllegalArgumentException(
          "largest share of one event must be in (0, 1]: " + maximumEventShare);
    }
    if (!(largestWeightCheck > 0)) {
      throw new IllegalArgumentException(
          "largest weight check must be above 0: " + largestWeightCheck);
    }
    if (maximumAgeMicros <= 0) {
      throw new IllegalArgumentException("maximum age must be above 0: " + maximumAgeMicros);
    }
  }
}
