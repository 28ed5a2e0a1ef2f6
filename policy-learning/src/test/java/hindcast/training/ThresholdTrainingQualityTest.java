package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.policy.PolicyParameters;
import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/**
 * The benchmark of {@link AggregateQualityTest} with the learner of the pipeline: {@link
 * MinibatchTrainer} on logged feedback, free logits from one-hot items, from the logging policy on
 * ({@code logged:300}), the log of 300 events as its minibatch again and again; one set of arms,
 * runs that differ in their log. The bar is 1.1 times the total of the log. In how many runs is the
 * learned policy better than the logging policy by 10 %?
 *
 * <p>Runs are paired: all objectives have the same logs. Of the runs in which only one of threshold
 * and LS is better by 10 %, so many are the threshold's that chance alone, a fair coin for each,
 * makes as many in fewer than 1 of 100 cases. In the short form, whose few runs cannot show that,
 * LS is not ahead by as much.
 */
class ThresholdTrainingQualityTest {
  private static final int RUNS = Quality.size(40, 400);
  private static final int STEPS = Quality.size(300, 1000);
  private static final int APPROACH = 300;

  /** Of 4,000 sets of arms the nearest to V(π₀) = .3495 with a best arm of 1.362 times that. */
  private static final long ARMS = 2254;

  private static final ItemCatalogue CATALOGUE = ArmsLog.catalogue();

  @Test
  void thresholdCriterionBeatsSmoothingBeatsIps() {
    MeasuredTable table =
        new MeasuredTable(
            "threshold-training", "objective", "mean", "P(< logging)", "P(+5 %)", "P(+10 %)");
    double[] threshold = uplifts(table, "AGG_LOG_THRESHOLD", log -> Map.of("b", 1.1 * log.total()));
    double[] smoothing = uplifts(table, "LS", log -> Map.of("lam", 1 / Math.sqrt(ArmsLog.N)));
    double[] ips = uplifts(table, "IPS", log -> Map.of());
    table.write();
    int ahead = onlyFirst(threshold, smoothing);
    int behind = onlyFirst(smoothing, threshold);
    MeasuredTable pairs =
        new MeasuredTable("threshold-pairs", "runs", "threshold only", "LS only", "P by chance");
    pairs.row(RUNS, ahead, behind, chanceOfAtLeast(ahead, ahead + behind));
    pairs.write();
    if (Quality.full()) {
      assertThat(chanceOfAtLeast(ahead, ahead + behind))
          .as("%s, %s", ahead, behind)
          .isLessThan(.01);
    } else {
      assertThat(chanceOfAtLeast(behind, ahead + behind)).as("%s", behind).isGreaterThan(.01);
    }
    assertThat(above(threshold, 1.1)).isGreaterThan(above(ips, 1.1));
    assertThat(above(smoothing, 1.1)).isGreaterThan(above(ips, 1.1));
  }

  /** Runs in which the first is better than the logging policy by 10 % and the second is not. */
  private static int onlyFirst(double[] first, double[] second) {
    return (int)
        IntStream.range(0, RUNS).filter(run -> first[run] >= 1.1 && second[run] < 1.1).count();
  }

  /** Sign test: P of k or more heads in n throws of a fair coin. */
  private static double chanceOfAtLeast(int k, int n) {
    return k == 0 ? 1 : BinomialDistribution.of(n, .5).survivalProbability(k - 1);
  }

  private static double[] uplifts(
      MeasuredTable table, String objective, Function<ArmsLog, Map<String, Double>> values) {
    double[] uplifts =
        IntStream.range(0, RUNS)
            .parallel()
            .mapToObj(run -> new ArmsLog(ARMS, run))
            .mapToDouble(log -> uplift(log, objective, values.apply(log)))
            .toArray();
    table.row(
        objective,
        Arrays.stream(uplifts).average().orElseThrow(),
        1 - above(uplifts, 1),
        above(uplifts, 1.05),
        above(uplifts, 1.1));
    return uplifts;
  }

  private static double above(double[] uplifts, double bar) {
    return Arrays.stream(uplifts).filter(uplift -> uplift >= bar).count() / (double) RUNS;
  }

  private static double uplift(ArmsLog log, String objective, Map<String, Double> values) {
    LearnerSettings settings =
        new LearnerSettings(
            objective,
            values,
            ArmsLog.N,
            "adam",
            .05,
            0,
            "exact",
            Map.of(),
            1,
            "logged:" + APPROACH);
    MinibatchTrainer trainer = new MinibatchTrainer(settings, "learned", 1, CATALOGUE, null);
    List<LoggedFeedback> feedback = log.feedback();
    for (int step = 0; step < APPROACH + STEPS; step++) {
      trainer.step(feedback);
    }
    PolicyParameters parameters = trainer.parameters();
    return log.uplift(parameters.theta());
  }
}
