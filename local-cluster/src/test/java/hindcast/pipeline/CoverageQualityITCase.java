package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.policy.PolicyForm;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.Truth;
import hindcast.simulation.WorldSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bounded runs of the whole pipeline over simulated traffic, seeds 1, 2, 3, ...: how often the
 * final 95 % intervals cover the truth. Twenty runs with {@code -Pquality}, three in every build.
 */
class CoverageQualityITCase {
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));
  private static final int RUNS = FULL ? 20 : 3;
  private static final int LEAST_COVERED = FULL ? 16 : 2;
  private static final long IMPRESSIONS = 30_000;
  private static final int ITEMS = 500;
  private static final String CONFIG =
      """
      reward: {window: 10s}
      learning:
        window: 5s
        policies:
          - {id: clpi, objective: CLPI, objective-parameters: {tau: 0.02}, learning-rate: 0.02,
             minibatch: 256, checkpoint-every: 10, forms: [softmax]}
      evaluation: {report-every: 0s, by-segment: false}
      """;

  @TempDir Path directory;

  @Test
  void intervalsCoverTheTruth() throws Exception {
    PipelineConfig config = ConfigLoader.parse(CONFIG, Map.of());
    Map<String, Integer> covered = new TreeMap<>();
    Map<String, Integer> supported = new TreeMap<>();
    for (int seed = 1; seed <= RUNS; seed++) {
      SyntheticWorld world = new SyntheticWorld(WorldSettings.of(seed, ITEMS));
      TrafficSettings settings = TrafficSettings.of(seed, 1000);
      Path folder = directory.resolve("run-" + seed);
      PipelineRun run =
          PipelineRun.of(
              config, new RecordedTraffic(world, settings, IMPRESSIONS, folder), 2, folder);
      Truth truth = Truth.of(world, settings);
      for (String estimator : new String[] {"IPS", "SNIPS"}) {
        judge(run, "uniform", estimator, truth.ofUniform().value(), covered, supported);
        judge(run, "clpi", estimator, truthOfLine(run, truth), covered, supported);
      }
    }
    System.out.println("covered " + covered + " of supported " + supported + " in " + RUNS);
    assertThat(supported.values()).allMatch(count -> count == RUNS);
    assertThat(covered)
        .hasSize(4)
        .allSatisfy(
            (cell, count) -> assertThat(count).as(cell).isGreaterThanOrEqualTo(LEAST_COVERED));
  }

  private static void judge(
      PipelineRun run,
      String policy,
      String estimator,
      double truth,
      Map<String, Integer> covered,
      Map<String, Integer> supported) {
    ValueEstimate estimate = run.estimates.get(policy + "/0/" + estimator + "{}/*");
    String cell = policy + " " + estimator;
    boolean inside =
        estimate.getSupported() && estimate.getLower() <= truth && truth <= estimate.getUpper();
    supported.merge(cell, estimate.getSupported() ? 1 : 0, Integer::sum);
    covered.merge(cell, inside ? 1 : 0, Integer::sum);
  }

  /** The versions' true values, weighted by the outcomes each of them scored for the line. */
  private static double truthOfLine(PipelineRun run, Truth truth) throws IOException {
    double sum = 0;
    long outcomes = 0;
    for (PolicyCheckpoint checkpoint : run.checkpoints.values()) {
      ValueEstimate estimate = run.estimates.get("clpi/" + checkpoint.getVersion() + "/IPS{}/*");
      if (estimate != null && estimate.getLineOutcomes() > 0) {
        sum +=
            estimate.getLineOutcomes()
                * truth
                    .of(PolicyCheckpointCodec.read(checkpoint).parameters(), PolicyForm.SOFTMAX)
                    .value();
        outcomes += estimate.getLineOutcomes();
      }
    }
    assertThat(outcomes).isEqualTo(run.estimates.get("clpi/0/IPS{}/*").getN());
    return sum / outcomes;
  }
}
