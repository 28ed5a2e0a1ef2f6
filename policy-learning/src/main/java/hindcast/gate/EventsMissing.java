package hindcast.gate;

import hindcast.estimator.WeightMoments;
import hindcast.interval.DifferenceSequence;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many more outcomes like those so far a held candidate needs.
 *
 * <ul>
 *   <li>lower bound: until the mixture sequence with the same mean and spread passes the margin;
 *   <li>effective sample size: it grows as n;
 *   <li>probability of success: until τ² ∝ 1/n is below ((δ − z s) / Φ⁻¹(level))² − s²; infinite if
 *       that is not above 0, when only a longer test helps.
 * </ul>
 *
 * <p>A forecast from what the log shows now, by the same estimates that are still uncertain.
 */
record EventsMissing(
    GateRule rule,
    DifferenceSequence difference,
    WeightMoments weights,
    Optional<TestForecast> planned) {

  /** The largest of the three, less those so far; 0 if none is missing. */
  double count() {
    double needed =
        Math.max(difference.eventsToExceed(rule.margin()), Math.max(forSupport(), forSuccess()));
    return Math.max(0, Math.ceil(needed) - weights.n());
  }

  private double forSupport() {
    double effective = weights.rewardedEffectiveSampleSize();
    double minimum = rule.minimumEffectiveSampleSize();
    if (effective >= minimum) {
      return weights.n();
    }
    return effective == 0 ? Double.POSITIVE_INFINITY : weights.n() * minimum / effective;
  }

  private double forSuccess() {
    if (rule.successLevel() == 0) {
      return weights.n();
    }
    if (planned.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    TestForecast now = planned.get();
    if (now.successProbability() >= rule.successLevel()) {
      return weights.n();
    }
    double noise = now.outcomeNoise() * now.outcomeNoise();
    double distance = now.excess() - now.test().threshold() * now.outcomeNoise();
    double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(rule.successLevel());
    double risk = z <= 0 ? 0 : distance / z * (distance / z) - noise;
    if (distance <= 0 || risk <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    return weights.n() * now.estimationRisk() * now.estimationRisk() / risk;
  }
}
