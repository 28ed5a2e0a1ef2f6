package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.GateCondition;
import hindcast.avro.GateResult;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.PropensitySource;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.gate.GateSettings;
import hindcast.jobs.state.CatalogueManifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The gates of two policies that always show one of two items, worth .6 and .3, under a log that
 * shows both alike: one is promoted, the other rejected.
 */
class GateHarnessTest {
  private static final int WINDOWS = 20;
  private static final int EVENTS = 100;
  private static final long WINDOW_MILLIS = 1_000;
  private static final List<String> LINES = List.of("logging", "best", "worst");

  private record Seen(
      List<GateVerdict> verdicts, List<PolicyControl> promotions, List<ValueEstimate> estimates) {
    GateVerdict last(String policy) {
      return verdicts.stream()
          .filter(verdict -> verdict.getPolicy().equals(policy))
          .reduce((one, other) -> other)
          .orElseThrow();
    }
  }

  private static PipelineConfig config(boolean automatic) {
    return PipelineConfig.defaults()
        .with(
            Map.ofEntries(
                Map.entry(
                    "evaluation.policies",
                    "[{id: logging, kind: logging}, {id: best, kind: always, item: item-0},"
                        + " {id: worst, kind: always, item: item-1}]"),
                Map.entry("evaluation.report-every", "1s"),
                Map.entry("learning.window", "1s"),
                Map.entry("reward.window", "1s"),
                Map.entry("reward.correction-horizon", "0"),
                Map.entry("gates.policies", "[best, worst]"),
                Map.entry("gates.margin", "0.02"),
                Map.entry("gates.test-size", "20000"),
                Map.entry("gates.test-uplift", "0.05"),
                Map.entry("gates.horizons", "[1s, 10s]"),
                Map.entry("gates.automatic", Boolean.toString(automatic))));
  }

  @Test
  void promotesTheBetterAndRejectsTheWorse() throws Exception {
    Seen seen = run(false, false, List.of());
    assertThat(seen.verdicts).hasSize(2 * WINDOWS);
    GateVerdict best = seen.last("best");
    assertThat(best.getVerdict()).isEqualTo(GateResult.PROMOTE);
    assertThat(best.getCandidate()).isEqualTo(1);
    assertThat(best.getN()).isEqualTo(WINDOWS * EVENTS);
    assertThat(best.getDifference()).isCloseTo(.15, within(.05));
    assertThat(best.getLower()).isGreaterThan(.02);
    assertThat(best.getChecks()).allMatch(GateCondition::getPassed).hasSize(8);
    assertThat(best.getEventsPerSecond()).isCloseTo(EVENTS, within(150.0));
    assertThat(best.getForecasts()).hasSize(3);
    assertThat(best.getForecasts().get(0).getEvents()).isEqualTo(20_000);
    assertThat(best.getForecasts().get(2).getSeconds()).isCloseTo(10, within(1e-6));
    GateVerdict worst = seen.last("worst");
    assertThat(worst.getVerdict()).isEqualTo(GateResult.REJECT);
    assertThat(worst.getUpper()).isLessThan(.02);
    assertThat(seen.verdicts.get(0).getVerdict()).isEqualTo(GateResult.HOLD);
    assertThat(seen.promotions).isEmpty();
  }

  @Test
  void holdsWhileACriticalFindingStands() throws Exception {
    Seen seen = run(false, false, List.of("PROPENSITY_MISMATCH"));
    for (String policy : List.of("best", "worst")) {
      GateVerdict verdict = seen.last(policy);
      assertThat(verdict.getVerdict()).isEqualTo(GateResult.HOLD);
      assertThat(verdict.getFindings()).containsExactly("PROPENSITY_MISMATCH");
    }
  }

  @Test
  void commandsAPromotionOnceWhereItMay() throws Exception {
    Seen seen = run(true, false, List.of());
    assertThat(seen.promotions).hasSize(1);
    PolicyControl command = seen.promotions.get(0);
    assertThat(command.getCommand()).isEqualTo(PolicyCommand.PROMOTE);
    assertThat(command.getPolicy()).isEqualTo("best");
    assertThat(command.getRequestedBy()).isEqualTo("gate");
    assertThat(command.getReason()).contains("candidate 1 passed its gate");
    assertThat(command.getEvidence().getValue()).isCloseTo(.6, within(.06));
    assertThat(seen.last("best").getPromoted()).isTrue();
    assertThat(seen.last("worst").getPromoted()).isFalse();
  }

  @Test
  void aRestartAfterEachWindowChangesNothing() throws Exception {
    Seen once = run(true, false, List.of());
    Seen restarted = run(true, true, List.of());
    assertThat(restarted.verdicts).isEqualTo(once.verdicts);
    assertThat(restarted.promotions).isEqualTo(once.promotions);
  }

  private static Seen run(boolean automatic, boolean restart, List<String> findings)
      throws Exception {
    Seen seen = new Seen(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    PipelineConfig config = config(automatic);
    var harness = harness(config);
    harness.open();
    for (int window = 0; window < WINDOWS; window++) {
      long end = (window + 1) * WINDOW_MILLIS;
      long due = end - 1 + config.reward().window().toMillis();
      for (String line : LINES) {
        FeedbackBlock block =
            new FeedbackBlock(line, end * 1_000, (long) window, events(window), List.of());
        harness.processElement1(
            new StreamRecord<>(new EvaluationInput(line, block, null, null, null, null), due));
        if (!findings.isEmpty()) {
          AuditVerdict verdict = new AuditVerdict(findings);
          harness.processElement1(
              new StreamRecord<>(new EvaluationInput(line, null, null, null, verdict, null), due));
        }
      }
      if (restart) {
        collect(harness, seen);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness(config);
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processBothWatermarks(new Watermark(due));
    }
    collect(harness, seen);
    harness.close();
    return seen;
  }

  private static void collect(
      KeyedTwoInputStreamOperatorTestHarness<
              String, EvaluationInput, CatalogueManifest, ValueEstimate>
          harness,
      Seen seen) {
    seen.estimates.addAll(harness.extractOutputValues());
    seen.verdicts.addAll(EvaluatorHarness.sideOutput(harness, EvaluatePolicy.VERDICTS));
    seen.promotions.addAll(EvaluatorHarness.sideOutput(harness, EvaluatePolicy.PROMOTIONS));
  }

  private static List<Feedback> events(int window) {
    Random random = new Random(window);
    List<Feedback> events = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      int item = random.nextInt(2);
      events.add(
          Feedback.newBuilder()
              .setImpressionId("%02d-%04d".formatted(window, k))
              .setEventTimeMicros((window * WINDOW_MILLIS + k) * 1_000)
              .setSegment("all")
              .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
              .setItemId("item-" + item)
              .setPolicyId("logging")
              .setPolicyVersion(1)
              .setReward(random.nextDouble() < (item == 0 ? .6 : .3) ? 1 : 0)
              .setPropensity(.5)
              .setPropensitySource(PropensitySource.LOGGED)
              .setEstimatedPropensity(.5)
              .setEstimatedUncertainty(0)
              .build());
    }
    return events;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness(PipelineConfig config) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new EvaluatePolicy(EvaluationSettings.of(config), null, GateSettings.of(config)),
            List.of(CatalogueManifests.STATE)),
        EvaluationInput::getOwner,
        null,
        Types.STRING);
  }
}
