package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.avro.DifferenceToDeployed;
import hindcast.avro.Feedback;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.kafka.RawRecord;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The difference to what is deployed by command, against a recomputation from the feedback. Uniform
 * is deployed from second 4 on, in other runs a learned version from second 8.
 */
class DeployedDifferenceITCase {
  private static final long IMPRESSIONS = 12_000;
  private static final int ITEMS = 50;
  private static final long UNIFORM_FROM = RecordedTraffic.START_MICROS + 4_000_000;
  private static final long LEARNED_FROM = RecordedTraffic.START_MICROS + 8_000_000;
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 200ms}
      reward: {window: 5s}
      learning:
        window: 1s
        policies:
          - {id: clpi, objective: CLPI, objective-parameters: {tau: 0.01}, minibatch: 256,
             checkpoint-every: 2, learning-rate: 0.05}
      evaluation:
        {report-every: 2s, minimum-rewarded-effective-sample-size: 30, maximum-event-share: 0.2}
      gates: {policies: [clpi], test-size: 10000}
      """;

  @TempDir static Path directory;
  private static PipelineConfig config;
  private static PipelineRun undeployed;
  private static PipelineRun uniform;

  @BeforeAll
  static void run() throws Exception {
    config = ConfigLoader.parse(CONFIG, Map.of());
    undeployed = PipelineRun.of(config, traffic("undeployed"), 1, directory.resolve("a"));
    uniform =
        PipelineRun.of(config, traffic("uniform", promoteUniform()), 2, directory.resolve("b"));
  }

  private static RecordedTraffic traffic(String name, PolicyControl... commands) throws Exception {
    Path folder = Files.createDirectories(directory.resolve("traffic-" + name));
    RecordedTraffic traffic =
        new RecordedTraffic(
            new SyntheticWorld(WorldSettings.of(7, ITEMS)),
            TrafficSettings.of(7, 1000),
            IMPRESSIONS,
            folder);
    for (PolicyControl command : commands) {
      traffic.command(command);
    }
    return traffic;
  }

  private static PolicyControl promoteUniform() {
    return promote("uniform", 0, UNIFORM_FROM, null);
  }

  private static PolicyControl promoteLearned() {
    PolicyCheckpoint second = undeployed.checkpoints.get("clpi/%09d".formatted(2));
    assertThat(second.getDataCutMicros()).isLessThan(LEARNED_FROM);
    return promote("clpi", 2, LEARNED_FROM, second);
  }

  private static PolicyControl promote(
      String policy, long version, long micros, PolicyCheckpoint checkpoint) {
    return PolicyControl.newBuilder()
        .setCommandId("promote-" + policy)
        .setCommand(PolicyCommand.PROMOTE)
        .setPolicy(policy)
        .setVersion(version)
        .setEffectiveTimeMicros(micros + 1)
        .setRequestedBy("ann")
        .setReason("")
        .setCheckpoint(checkpoint)
        .build();
  }

  private static List<Feedback> since(PipelineRun run, long micros) {
    return run.feedback.values().stream()
        .filter(one -> one.getEventTimeMicros() >= micros)
        .sorted(
            Comparator.comparingLong(Feedback::getEventTimeMicros)
                .thenComparing(Feedback::getImpressionId))
        .toList();
  }

  private static double uniformWeight(Feedback one) {
    return 1.0 / ITEMS / one.getPropensity();
  }

  private static DifferenceToDeployed of(PipelineRun run, String policy, long version) {
    return run.estimates.get("%s/%d/IPS{}/*".formatted(policy, version)).getDifferenceToDeployed();
  }

  @Test
  void withoutADeploymentThereIsNone() {
    assertThat(undeployed.estimates.values())
        .isNotEmpty()
        .allMatch(estimate -> estimate.getDifferenceToDeployed() == null);
  }

  @Test
  void aDeploymentChangesNothingElse() {
    Map<String, ValueEstimate> others = new TreeMap<>();
    uniform.estimates.forEach(
        (key, estimate) ->
            others.put(
                key, ValueEstimate.newBuilder(estimate).setDifferenceToDeployed(null).build()));
    assertThat(others).isEqualTo(undeployed.estimates);
    assertThat(uniform.checkpoints).isEqualTo(undeployed.checkpoints);
  }

  @Test
  void theLogIsComparedWithWhatIsDeployed() {
    List<Feedback> feedback = since(uniform, UNIFORM_FROM);
    DifferenceSequence sequence = new DifferenceSequence(.05);
    double sum = 0;
    double squares = 0;
    for (Feedback one : feedback) {
      double term = (1 - uniformWeight(one)) * one.getReward();
      sum += term;
      squares += term * term;
      sequence.add(1, uniformWeight(one), one.getReward());
    }
    int n = feedback.size();
    double mean = sum / n;
    double error = Math.sqrt((squares - n * mean * mean) / (n - 1) / n);
    Interval interval = sequence.interval();
    DifferenceToDeployed logging = of(uniform, "logging", 0);
    assertThat(n).isBetween(6_000, 10_000);
    assertThat(logging.getPolicy()).isEqualTo("uniform");
    assertThat(logging.getN()).isEqualTo(n);
    assertThat(logging.getValue()).isCloseTo(mean, within(1e-9));
    assertThat(logging.getStandardError()).isCloseTo(error, within(1e-9));
    assertThat(logging.getLower()).isCloseTo(mean - 1.959963984540054 * error, within(1e-9));
    assertThat(logging.getSequenceLower()).isCloseTo(interval.lower(), within(1e-9));
    assertThat(logging.getSequenceUpper()).isCloseTo(interval.upper(), within(1e-9));
    assertThat(of(uniform, "uniform", 0)).isNull();
    assertThat(of(uniform, "clpi", 0)).isNull();
    assertThat(uniform.estimates.values())
        .filteredOn(estimate -> !estimate.getSegment().equals("*"))
        .isNotEmpty()
        .allMatch(estimate -> estimate.getDifferenceToDeployed() == null);
  }

  @Test
  void everyOpenVersionIsComparedOnItsOwnImpressions() {
    int compared = 0;
    for (PolicyCheckpoint checkpoint : uniform.checkpoints.values()) {
      long cut = checkpoint.getDataCutMicros();
      long version = checkpoint.getVersion();
      ValueEstimate estimate = uniform.estimates.get("clpi/" + version + "/IPS{}/*");
      if (estimate == null || cut < UNIFORM_FROM) {
        continue;
      }
      // (w - w_d) r = (w - 1) r + (1 - w_d) r
      double offset =
          since(uniform, cut).stream()
              .mapToDouble(one -> (1 - uniformWeight(one)) * one.getReward())
              .average()
              .orElseThrow();
      DifferenceToDeployed difference = estimate.getDifferenceToDeployed();
      assertThat(difference.getN())
          .isEqualTo(estimate.getN())
          .isEqualTo(since(uniform, cut).size());
      assertThat(difference.getValue())
          .isCloseTo(estimate.getDifferenceToLogging() + offset, within(1e-9));
      compared++;
    }
    assertThat(compared).isPositive();
  }

  private static long evaluatedUntil(PipelineRun run, GateVerdict verdict) {
    return run.estimates
        .get("clpi/%d/IPS{}/*".formatted(verdict.getVersion()))
        .getEventTimeMicros();
  }

  @Test
  void verdictsSayItOfTheirCandidate() {
    assertThat(uniform.verdicts.values())
        .filteredOn(verdict -> verdict.getEventTimeMicros() == evaluatedUntil(uniform, verdict))
        .isNotEmpty()
        .allSatisfy(
            verdict ->
                assertThat(verdict.getDifferenceToDeployed())
                    .isNotNull()
                    .isEqualTo(of(uniform, "clpi", verdict.getVersion())));
    assertThat(undeployed.verdicts.values())
        .allMatch(verdict -> verdict.getDifferenceToDeployed() == null);
  }

  @Test
  void theNextDeploymentBeginsAnewWhateverFails() throws Exception {
    PolicyControl[] commands = {promoteUniform(), promoteLearned()};
    PipelineRun run = PipelineRun.of(config, traffic("both", commands), 1, directory.resolve("c"));
    DifferenceToDeployed logging = of(run, "logging", 0);
    DifferenceToDeployed uniformNow = of(run, "uniform", 0);
    List<Feedback> feedback = since(run, LEARNED_FROM);
    assertThat(logging.getPolicy()).isEqualTo("clpi");
    assertThat(logging.getVersion()).isEqualTo(2);
    assertThat(logging.getN()).isEqualTo(feedback.size()).isEqualTo(uniformNow.getN());
    assertThat(uniformNow.getValue() - logging.getValue())
        .isCloseTo(
            feedback.stream()
                .mapToDouble(one -> (uniformWeight(one) - 1) * one.getReward())
                .average()
                .orElseThrow(),
            within(1e-9));
    assertThat(of(run, "clpi", 2)).isNull();

    FailTwice.reset();
    PipelineRun disturbed =
        PipelineRun.of(
            config,
            traffic("disturbed", commands),
            2,
            directory.resolve("d"),
            impressions ->
                impressions
                    .map(new FailTwice())
                    .returns(TypeInformation.of(RawRecord.class))
                    .setParallelism(1)
                    .uid("fail-twice"));
    assertThat(FailTwice.FAILURES).hasValue(2);
    assertThat(disturbed.estimates).isEqualTo(run.estimates);
    assertThat(disturbed.verdicts).isEqualTo(run.verdicts);
  }
}
