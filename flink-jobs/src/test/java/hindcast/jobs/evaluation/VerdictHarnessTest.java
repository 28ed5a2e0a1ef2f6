package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A verdict of the audit marks the estimates from its event time on, until it is lifted. */
class VerdictHarnessTest {
  private static final int WINDOWS = 6;
  private static final long WINDOW_MILLIS = 1_000;
  private static final List<String> NAMES = List.of("CALIBRATION", "MEAN_WEIGHT");

  @Test
  void reportsCarryTheNamesWhileTheFindingsStand() throws Exception {
    List<ValueEstimate> estimates = run(false, false);
    assertThat(estimates).hasSize(WINDOWS);
    for (int window = 0; window < WINDOWS; window++) {
      assertThat(estimates.get(window).getEventTimeMicros())
          .isEqualTo((window + 1) * WINDOW_MILLIS * 1_000);
      assertThat(estimates.get(window).getUnreliable())
          .isEqualTo(window >= 2 && window < 4 ? NAMES : List.of());
    }
  }

  @Test
  void aRestartAfterEachWindowChangesNothing() throws Exception {
    assertThat(distinct(run(true, false))).isEqualTo(run(false, false));
  }

  @Test
  void aVerdictAfterTheLastReportIsReported() throws Exception {
    List<ValueEstimate> estimates = run(false, true);
    assertThat(estimates).hasSize(WINDOWS + 1);
    ValueEstimate last = estimates.get(WINDOWS);
    assertThat(last.getUnreliable()).isEqualTo(NAMES);
    assertThat(ValueEstimate.newBuilder(last).setUnreliable(List.of()).build())
        .isEqualTo(estimates.get(WINDOWS - 1));
  }

  /** A restored operator reports once more what it may have reported. */
  private static List<ValueEstimate> distinct(List<ValueEstimate> estimates) {
    return estimates.stream().distinct().toList();
  }

  private static List<ValueEstimate> run(boolean restart, boolean late) throws Exception {
    List<ValueEstimate> seen = new ArrayList<>();
    var harness = harness();
    harness.open();
    for (int window = 0; window < WINDOWS; window++) {
      long end = (window + 1) * WINDOW_MILLIS;
      FeedbackBlock block =
          new FeedbackBlock(
              "logging", end * 1_000, (long) window, List.of(event(window)), List.of());
      EvaluatorHarness.send(
          harness, new EvaluationInput("logging", block, null, null, null, null), end - 1);
      if (window == 2 || window == 4) {
        verdict(harness, window == 2 ? NAMES : List.of(), end - 1);
      }
      if (restart) {
        seen.addAll(harness.extractOutputValues());
        var snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processBothWatermarks(new Watermark(end - 1));
    }
    if (late) {
      verdict(harness, NAMES, Long.MAX_VALUE);
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    seen.addAll(harness.extractOutputValues());
    harness.close();
    return seen;
  }

  private static void verdict(
      KeyedTwoInputStreamOperatorTestHarness<
              String, EvaluationInput, CatalogueManifest, ValueEstimate>
          harness,
      List<String> names,
      long timestamp)
      throws Exception {
    AuditVerdict verdict = new AuditVerdict(names);
    EvaluatorHarness.send(
        harness, new EvaluationInput("logging", null, null, null, verdict, null), timestamp);
  }

  private static Feedback event(int window) {
    return Feedback.newBuilder()
        .setImpressionId("i-" + window)
        .setEventTimeMicros(window * WINDOW_MILLIS * 1_000)
        .setSegment("all")
        .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
        .setItemId("item")
        .setPolicyId("logging")
        .setPolicyVersion(0)
        .setReward(window / 10.0)
        .setPropensity(.5)
        .setPropensitySource(PropensitySource.LOGGED)
        .setEstimatedPropensity(.5)
        .setEstimatedUncertainty(0)
        .build();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness() throws Exception {
    return EvaluatorHarness.of(
        List.of(new PolicyLine("logging", Kind.LOGGING, List.of(), Map.of(), "")),
        List.of("IPS"),
        0,
        0,
        WINDOW_MILLIS,
        WINDOW_MILLIS,
        false);
  }
}
