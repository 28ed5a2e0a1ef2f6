package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.interval.Interval;
import hindcast.interval.NormalInterval;
import hindcast.interval.SimultaneousLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Of K candidates with one true value the one with the best SNIPS estimate is chosen, on the log
 * that it is then stated on: the worst case of a choice. Its interval at the level for K candidates
 * holds the true value in at least 95 % of logs; at 95 % it does not.
 */
class BestOfManyQualityTest {
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));
  private static final int LOGS = FULL ? 4_000 : 600;
  private static final int EVENTS = 1_500;
  private static final int CANDIDATES = 12;
  private static final int ITEMS = 8;
  private static final double VALUE = 0.3;

  @Test
  void theChosenIntervalCoversAtTheStatedShare() {
    int covered = 0;
    int coveredAt95 = 0;
    for (int log = 0; log < LOGS; log++) {
      SplittableRandom random = new SplittableRandom(17 + log);
      EstimateSet best = best(log(random));
      var point = best.estimates(hindcast.estimator.SupportRule.DEFAULT).get(0).estimate();
      double value = point.value().orElseThrow();
      double error = point.standardError().orElseThrow();
      covered += holds(new SimultaneousLevel(CANDIDATES).normal(value, error));
      coveredAt95 += holds(NormalInterval.of(value, error));
    }
    double noise = Math.sqrt(0.95 * 0.05 * LOGS);
    System.out.printf(
        "best of %d candidates over %d logs: covers %.3f, at 95 %% %.3f%n",
        CANDIDATES, LOGS, covered / (double) LOGS, coveredAt95 / (double) LOGS);
    assertThat(covered).isGreaterThan((int) (0.95 * LOGS - 2.6 * noise));
    assertThat(coveredAt95).isLessThan((int) (0.95 * LOGS - 2.6 * noise));
  }

  /** Every item earns alike, so every policy has the same value. */
  private static List<EstimateSet> log(SplittableRandom random) {
    double[][] policies = new double[CANDIDATES][];
    List<EstimateSet> estimates = new ArrayList<>();
    for (int k = 0; k < CANDIDATES; k++) {
      policies[k] = policy(random);
      estimates.add(EstimateSet.of(List.of(EstimatorSpec.parse("SNIPS"))));
    }
    for (int i = 0; i < EVENTS; i++) {
      int item = random.nextInt(ITEMS);
      double reward = random.nextDouble() < VALUE ? 1 : 0;
      for (int k = 0; k < CANDIDATES; k++) {
        estimates.get(k).add(ScoredFeedback.of(policies[k][item], 1.0 / ITEMS, reward));
      }
    }
    return estimates;
  }

  private static double[] policy(SplittableRandom random) {
    double[] policy = new double[ITEMS];
    double sum = 0;
    for (int item = 0; item < ITEMS; item++) {
      policy[item] = -Math.log(1 - random.nextDouble());
      sum += policy[item];
    }
    for (int item = 0; item < ITEMS; item++) {
      policy[item] /= sum;
    }
    return policy;
  }

  private static EstimateSet best(List<EstimateSet> estimates) {
    EstimateSet best = estimates.get(0);
    for (EstimateSet one : estimates) {
      best = value(one) > value(best) ? one : best;
    }
    return best;
  }

  private static double value(EstimateSet one) {
    return one.weights().moments().sumY() / one.weights().moments().sumX();
  }

  private static int holds(Interval interval) {
    return interval.lower() <= VALUE && VALUE <= interval.upper() ? 1 : 0;
  }
}
