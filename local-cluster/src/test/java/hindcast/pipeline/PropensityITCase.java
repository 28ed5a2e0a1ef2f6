package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PropensitySource;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.SupportRule;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.Propensity;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log without usable propensities through the whole pipeline: estimated propensities with their
 * uncertainty, estimators and a learner that use it, all equal to the library's on the same
 * sequence, bit for bit.
 */
class PropensityITCase {
  private static final long IMPRESSIONS = 8_000;
  private static final int ITEMS = 60;
  private static final long WINDOW_MICROS = 2_000_000;
  private static final List<String> ESTIMATORS =
      List.of("IPS", "SNIPS", "UIPS:lambda=3000,eta1=1,eta2=100,gamma=0.5", "UIPS_P:gamma=1");
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 500ms}
      reward: {window: 10s}
      propensity: {use: estimated, half-life: 3s, prior-strength: 4}
      learning:
        window: 2s
        policies:
          - {id: uips, objective: UIPS, gradient: exact, minibatch: 128, checkpoint-every: 10,
             objective-parameters: {lam: 50, eta1: 1, eta2: 100, gamma: 1}}
      evaluation:
        estimators: [IPS, SNIPS, "UIPS:lambda=3000,eta1=1,eta2=100,gamma=0.5", "UIPS_P:gamma=1"]
      """;

  @TempDir static Path directory;
  private static RecordedTraffic traffic;
  private static PipelineConfig config;
  private static PipelineRun run;
  private static List<Feedback> sequence;

  @BeforeAll
  static void run() throws Exception {
    SyntheticWorld world = new SyntheticWorld(WorldSettings.of(11, ITEMS));
    traffic = new RecordedTraffic(world, TrafficSettings.of(11, 1000), IMPRESSIONS, directory);
    config = ConfigLoader.parse(CONFIG, Map.of());
    run = PipelineRun.of(config, traffic, 2, directory.resolve("two"));
    sequence = new ArrayList<>(run.feedback.values());
    sequence.sort(
        Comparator.comparingLong(Feedback::getEventTimeMicros)
            .thenComparing(Feedback::getImpressionId));
  }

  @Test
  void propensitiesEqualTheLibrarys() {
    assertThat(sequence).hasSize((int) IMPRESSIONS);
    Map<String, DirichletPropensity> segments = new HashMap<>();
    DirichletPropensity popularity = new DirichletPropensity(3e6, ITEMS);
    Map<String, Long> shown = new TreeMap<>();
    long window = Math.floorDiv(sequence.get(0).getEventTimeMicros(), WINDOW_MICROS);
    for (Feedback f : sequence) {
      long time = f.getEventTimeMicros();
      if (Math.floorDiv(time, WINDOW_MICROS) != window) {
        long end = (window + 1) * WINDOW_MICROS;
        shown.forEach((item, events) -> popularity.update(item, end, events));
        shown.clear();
        window = Math.floorDiv(time, WINDOW_MICROS);
      }
      DirichletPropensity segment =
          segments.computeIfAbsent(f.getSegment(), s -> new DirichletPropensity(3e6, 4));
      String item = f.getItemId();
      double prior = popularity.posterior(item, 1.0 / ITEMS, time).mean();
      Propensity expected = segment.predict(item, prior, time);
      segment.update(item, time);
      shown.merge(item, 1L, Long::sum);
      assertThat(f.getPropensity()).isEqualTo(expected.value());
      assertThat(f.getPropensityUncertainty()).isEqualTo(expected.uncertainty());
      assertThat(f.getPropensitySource()).isEqualTo(PropensitySource.ESTIMATED);
      assertThat(f.getPropensityModel()).isEqualTo("DIRICHLET");
    }
    assertThat(segments).hasSizeGreaterThan(1);
  }

  @Test
  void estimatorsTakeTheUncertaintyOfTheRecord() {
    EstimateSet library = EstimateSet.of(ESTIMATORS.stream().map(EstimatorSpec::parse).toList());
    ScoredFeedback scored = new ScoredFeedback();
    for (Feedback f : sequence) {
      library.add(
          scored
              .set(1.0 / ITEMS, f.getPropensity(), f.getReward())
              .withUncertainty(f.getPropensityUncertainty()));
    }
    for (EstimateSet.Line line : library.estimates(SupportRule.DEFAULT)) {
      String key =
          "uniform/0/%s%s/*".formatted(line.spec().method().name(), line.spec().parameters());
      assertThat(run.estimates).containsKey(key);
      assertThat(run.estimates.get(key).getValue())
          .as(key)
          .isEqualTo(line.estimate().value().getAsDouble());
    }
  }

  @Test
  void theLearnerTakesTheUncertaintyOfTheRecord() throws Exception {
    PolicyCheckpoint last = run.checkpoints.lastEntry().getValue();
    assertThat(last.getPolicyId()).isEqualTo("uips");
    var policy = config.learning().policies().get(0);
    LearnerSettings settings =
        new LearnerSettings(
            policy.objective(),
            policy.objectiveParameters(),
            policy.minibatch(),
            policy.optimizer(),
            policy.learningRate(),
            policy.l2(),
            policy.gradient(),
            policy.gradientParameters(),
            policy.seed(),
            policy.initialisation());
    MinibatchTrainer trainer =
        new MinibatchTrainer(
            settings,
            "uips",
            AvroMapping.context(sequence.get(0).getContext()).dimension(),
            CatalogueFile.read(traffic.manifest),
            null);
    for (int from = 0; trainer.steps() < last.getStep(); from += policy.minibatch()) {
      trainer.step(
          sequence.subList(from, Math.min(from + policy.minibatch(), sequence.size())).stream()
              .map(AvroMapping::feedback)
              .toList());
    }
    assertThat(last.getStep()).isGreaterThan(50);
    assertThat(PolicyCheckpointCodec.read(last).parameters()).isEqualTo(trainer.parameters());
  }

  @Test
  void parallelismChangesNothing() throws Exception {
    PipelineRun one = PipelineRun.of(config, traffic, 1, directory.resolve("one"));
    assertThat(one.feedback).isEqualTo(run.feedback);
    assertThat(one.estimates).isEqualTo(run.estimates);
    assertThat(one.checkpoints).isEqualTo(run.checkpoints);
  }
}
