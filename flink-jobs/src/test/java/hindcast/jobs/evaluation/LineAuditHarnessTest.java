package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.avro.Severity;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.state.MaturityTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A policy whose weights have a mean above 1 is found, and only its estimates are marked. */
class LineAuditHarnessTest {
  private static final int WINDOWS = 6;
  private static final int EVENTS = 500;
  private static final long WINDOW_MILLIS = 1_000;
  private static final String TABLE = "half-and-half";

  private record Seen(List<ValueEstimate> estimates, List<AuditFinding> findings) {}

  @Test
  void onlyThePolicyIsMarkedAndOnlyWhileItsFindingStands() throws Exception {
    Seen seen = run(.98, PropensitySource.LOGGED, false);
    assertThat(seen.findings).hasSize(1);
    AuditFinding finding = seen.findings.get(0);
    assertThat(finding.getName()).isEqualTo("MEAN_WEIGHT");
    assertThat(finding.getSeverity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.getPolicy()).isEqualTo(TABLE);
    long since = finding.getSinceMicros();
    assertThat(since).isGreaterThan(WINDOW_MILLIS * 1_000);
    assertThat(finding.getN()).isEqualTo(EVENTS * since / (WINDOW_MILLIS * 1_000));
    for (ValueEstimate estimate : seen.estimates) {
      boolean marked = estimate.getPolicy().equals(TABLE) && estimate.getEventTimeMicros() >= since;
      assertThat(estimate.getUnreliable()).isEqualTo(marked ? List.of("MEAN_WEIGHT") : List.of());
    }
  }

  @Test
  void rightPropensitiesAndEstimatedOnesAreNotFound() throws Exception {
    assertThat(run(1, PropensitySource.LOGGED, false).findings).isEmpty();
    assertThat(run(.98, PropensitySource.ESTIMATED, false).findings).isEmpty();
  }

  @Test
  void aRestartAfterEachWindowChangesNothing() throws Exception {
    Seen once = run(.98, PropensitySource.LOGGED, false);
    Seen restarted = run(.98, PropensitySource.LOGGED, true);
    assertThat(restarted.findings).isEqualTo(once.findings);
    assertThat(restarted.estimates.stream().distinct().toList()).isEqualTo(once.estimates);
  }

  private static Seen run(double factor, PropensitySource source, boolean restart)
      throws Exception {
    Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
    var harness = harness();
    harness.open();
    for (int window = 0; window < WINDOWS; window++) {
      long end = (window + 1) * WINDOW_MILLIS;
      for (String line : List.of("logging", TABLE)) {
        FeedbackBlock block =
            new FeedbackBlock(
                line, end * 1_000, (long) window, events(window, factor, source), List.of());
        harness.processElement1(
            new StreamRecord<>(new EvaluationInput(line, block, null, null, null, null), end - 1));
      }
      if (restart) {
        collect(harness, seen);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processBothWatermarks(new Watermark(end - 1));
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
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
    seen.findings.addAll(EvaluatorHarness.sideOutput(harness, EvaluatePolicy.FINDINGS));
  }

  /** Items are shown with probability 1/2; the log says {@code factor} times that. */
  private static List<Feedback> events(int window, double factor, PropensitySource source) {
    Random random = new Random(window);
    List<Feedback> events = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      events.add(
          Feedback.newBuilder()
              .setImpressionId("%02d-%04d".formatted(window, k))
              .setEventTimeMicros(window * WINDOW_MILLIS * 1_000 + k)
              .setSegment("all")
              .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
              .setItemId("item-" + random.nextInt(2))
              .setPolicyId("logging")
              .setPolicyVersion(1)
              .setReward(random.nextInt(2))
              .setPropensity(.5 * factor)
              .setPropensitySource(source)
              .setEstimatedPropensity(.5)
              .setEstimatedUncertainty(0)
              .build());
    }
    return events;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness() throws Exception {
    Map<String, Double> half = Map.of("all", .5);
    return EvaluatorHarness.of(
        List.of(
            new PolicyLine("logging", Kind.LOGGING, List.of(), Map.of(), ""),
            new PolicyLine(
                TABLE, Kind.TABLE, List.of(), Map.of("item-0", half, "item-1", half), "")),
        List.of("IPS"),
        0,
        0,
        WINDOW_MILLIS,
        WINDOW_MILLIS,
        false,
        new AuditOptions(new MaturityTime(0), WINDOW_MILLIS, .001, 0, Map.of(), 2000, 2048, 1000));
  }
}
