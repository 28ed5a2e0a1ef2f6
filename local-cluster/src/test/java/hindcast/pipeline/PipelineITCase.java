package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PropensitySource;
import hindcast.avro.Severity;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficKind;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.Truth;
import hindcast.simulation.WorldSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineITCase {
  private static final long IMPRESSIONS = 20_000;
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 200ms}
      reward: {window: 10s}
      learning:
        window: 2s
        policies:
          - {id: clpi, objective: CLPI, objective-parameters: {tau: 0.01}, minibatch: 256,
             checkpoint-every: 5, learning-rate: 0.05}
          - {id: ips, objective: IPS, minibatch: 256, checkpoint-every: 5, learning-rate: 0.05}
      evaluation: {report-every: 5s}
      alerts: {watched: [uniform]}
      audit: {report-every: 4s}
      """;

  @TempDir static Path directory;
  private static SyntheticWorld world;
  private static TrafficSettings settings;
  private static RecordedTraffic traffic;
  private static PipelineConfig config;
  private static PipelineRun one;

  @BeforeAll
  static void run() throws Exception {
    world = new SyntheticWorld(WorldSettings.of(5, 200));
    settings = TrafficSettings.of(5, 1000);
    traffic = new RecordedTraffic(world, settings, IMPRESSIONS, directory);
    config = ConfigLoader.parse(CONFIG, Map.of());
    one = PipelineRun.of(config, traffic, 1, directory.resolve("one"));
  }

  @Test
  void everyMessageIsCountedForWhatItIs() {
    assertThat(one.impressions.account("outcomes")).isEqualTo(IMPRESSIONS);
    assertThat(one.impressions.in()).isEqualTo(traffic.counts.of(TrafficKind.Stream.IMPRESSIONS));
    assertThat(one.rewards.in()).isEqualTo(traffic.counts.of(TrafficKind.Stream.REWARDS));
    assertThat(one.impressions.deadLettered())
        .isEqualTo(traffic.counts.broken(TrafficKind.Stream.IMPRESSIONS));
    assertThat(one.impressions.duplicates()).isPositive();
    assertThat(one.rewards.duplicates()).isPositive();
    assertThat(one.rewards.deadLetters()).containsKey("AFTER_WINDOW");
  }

  @Test
  void parallelismChangesNothing() throws Exception {
    assertSame(PipelineRun.of(config, traffic, 2, directory.resolve("two")), one);
  }

  @Test
  void failuresInTheMiddleChangeNothing() throws Exception {
    FailTwice.reset();
    PipelineRun disturbed =
        PipelineRun.of(
            config,
            traffic,
            2,
            directory.resolve("disturbed"),
            impressions ->
                impressions
                    .map(new FailTwice())
                    .returns(TypeInformation.of(RawRecord.class))
                    .setParallelism(1)
                    .uid("fail-twice"));
    assertThat(FailTwice.FAILURES).hasValue(2);
    assertSame(disturbed, one);
  }

  @Test
  void checkpointsAreOneLineOfParents() {
    for (String policy : new String[] {"clpi", "ips"}) {
      String parent = "";
      long cut = Long.MIN_VALUE;
      long version = 0;
      for (PolicyCheckpoint checkpoint :
          one.checkpoints.subMap(policy + "/", policy + "0").values()) {
        assertThat(checkpoint.getVersion()).isEqualTo(++version);
        assertThat(checkpoint.getParentSha256()).isEqualTo(parent);
        assertThat(checkpoint.getDataCutMicros()).isGreaterThan(cut);
        parent = checkpoint.getSha256();
        cut = checkpoint.getDataCutMicros();
      }
      assertThat(version).isEqualTo((IMPRESSIONS / 256) / 5 + 1);
    }
  }

  @Test
  void estimatesOfTheLogAgreeWithIt() {
    ValueEstimate logging = one.estimates.get("logging/0/IPS{}/*");
    double mean =
        one.feedback.values().stream().mapToDouble(f -> f.getReward()).average().orElseThrow();
    assertThat(logging.getN()).isEqualTo(IMPRESSIONS);
    assertThat(logging.getValue()).isCloseTo(mean, within(1e-12));
    assertThat(logging.getMeanWeight()).isEqualTo(1.0);
    assertThat(one.feedback.values())
        .allSatisfy(f -> assertThat(f.getPropensitySource()).isEqualTo(PropensitySource.LOGGED));
  }

  @Test
  void segmentsAddUpToTheWhole() {
    long n =
        one.estimates.values().stream()
            .filter(e -> e.getPolicy().equals("uniform") && e.getEstimator().equals("IPS"))
            .filter(e -> !e.getSegment().equals("*"))
            .mapToLong(ValueEstimate::getN)
            .sum();
    assertThat(n).isEqualTo(IMPRESSIONS);
  }

  @Test
  void uniformIsEstimatedAsItIs() {
    ValueEstimate uniform = one.estimates.get("uniform/0/SNIPS{}/*");
    double truth = Truth.of(world, settings).ofUniform().value();
    assertThat(uniform.getSupported()).isTrue();
    assertThat(Math.abs(uniform.getValue() - truth)).isLessThan(4 * uniform.getStandardError());
  }

  @Test
  void aWatchedPolicyThatIsWorseRaisesOneAlert() {
    assertThat(one.alerts).containsOnlyKeys("VALUE_BELOW_LOGGING/uniform/0/*");
  }

  @Test
  void aSoundLogIsBelieved() {
    assertThat(one.findings.values()).noneMatch(f -> f.getSeverity() == Severity.CRITICAL);
    assertThat(one.estimates.values()).allMatch(e -> e.getUnreliable().isEmpty());
  }

  private static void assertSame(PipelineRun run, PipelineRun reference) {
    assertThat(run.feedback).isEqualTo(reference.feedback);
    assertThat(run.checkpoints).isEqualTo(reference.checkpoints);
    assertThat(run.estimates).isEqualTo(reference.estimates);
    assertThat(run.alerts).isEqualTo(reference.alerts);
    assertThat(run.findings).isEqualTo(reference.findings);
    assertThat(run.deadLetters).isEqualTo(reference.deadLetters);
    assertThat(run.impressions).isEqualTo(reference.impressions);
    assertThat(run.rewards).isEqualTo(reference.rewards);
  }
}
