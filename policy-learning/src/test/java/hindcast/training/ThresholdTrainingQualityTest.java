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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The benchmark of {@link AggregateQualityTest} with the learner of the pipeline: {@link
 * MinibatchTrainer} on logged feedback, free logits from one-hot items, from the uniform policy on,
 * the log of 300 events as its minibatch again and again; one set of arms, runs that differ in
 * their log. The criterion is configured as in production, where the total of the log is not known
 * beforehand: P(excess over 1.1 times the logging policy &gt; 0), {@code cbase = 1.1}. In how many
 * runs is the learned policy better by 10 %?
 */
class ThresholdTrainingQualityTest {
  private static final int RUNS = Quality.size(60, 100);
  private static final int STEPS = Quality.size(300, 1000);

  /** Of 4,000 sets of arms the nearest to V(π₀) = .3495 with a best arm of 1.362 times that. */
  private static final long ARMS = 2254;

  private static final ItemCatalogue CATALOGUE = ArmsLog.catalogue();

  @Test
  void thresholdCriterionBeatsSmoothingBeatsIps() {
    MeasuredTable table =
        new MeasuredTable(
            "threshold-training", "objective", "mean", "P(< logging)", "P(+5 %)", "P(+10 %)");
    double threshold = share(table, "AGG_LOG_THRESHOLD", Map.of("cbase", 1.1));
    double smoothing = share(table, "LS", Map.of("lam", 1 / Math.sqrt(ArmsLog.N)));
    double ips = share(table, "IPS", Map.of());
    table.write();
    assertThat(threshold).as("LS %s, IPS %s", smoothing, ips).isGreaterThan(smoothing);
    assertThat(smoothing).isGreaterThan(ips);
  }

  /** Share of the runs whose policy beats the logging policy by 10 %. */
  private static double share(MeasuredTable table, String objective, Map<String, Double> values) {
    double[] uplifts =
        IntStream.range(0, RUNS)
            .parallel()
            .mapToDouble(run -> uplift(new ArmsLog(ARMS, run), objective, values))
            .toArray();
    double share = above(uplifts, 1.1);
    table.row(
        objective,
        Arrays.stream(uplifts).average().orElseThrow(),
        1 - above(uplifts, 1),
        above(uplifts, 1.05),
        share);
    return share;
  }

  private static double above(double[] uplifts, double bar) {
    return Arrays.stream(uplifts).filter(uplift -> uplift >= bar).count() / (double) RUNS;
  }

  private static double uplift(ArmsLog log, String objective, Map<String, Double> values) {
    LearnerSettings settings =
        new LearnerSettings(
            objective, values, ArmsLog.N, "adam", .05, 0, "exact", Map.of(), 1, "zero");
    MinibatchTrainer trainer = new MinibatchTrainer(settings, "learned", 1, CATALOGUE, null);
    List<LoggedFeedback> feedback = log.feedback();
    for (int step = 0; step < STEPS; step++) {
      trainer.step(feedback);
    }
    PolicyParameters parameters = trainer.parameters();
    return log.uplift(parameters.theta());
  }
}
