package hindcast.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.audit.AuditSettings;
import hindcast.audit.AuditedFeedback;
import hindcast.audit.LogAudit;
import hindcast.avro.AuditFinding;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.avro.Severity;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Rejection;
import hindcast.jobs.state.MaturityTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A log whose first windows show items outside their eligible sets; later windows are sound. */
class AuditFeedbackHarnessTest {
  private static final int WINDOWS = 40;
  private static final int BROKEN = 3;
  private static final int EVENTS = 50;
  private static final int LETTERS = 3;
  private static final long WINDOW_MILLIS = 1_000;
  private static final long REWARD_WINDOW_MILLIS = 500;
  private static final long LOOK_MILLIS = 4_000;

  private record Seen(
      List<StreamRecord<? extends AuditFinding>> findings,
      List<StreamRecord<AuditVerdict>> verdicts) {}

  @Test
  void findingsBeginChangeAndLiftTheirVerdict() throws Exception {
    Seen seen = run(window -> true, window -> false);
    List<AuditFinding> eligible =
        seen.findings.stream()
            .<AuditFinding>map(StreamRecord::getValue)
            .filter(finding -> finding.getName().equals("ITEM_NOT_ELIGIBLE"))
            .toList();
    assertThat(eligible)
        .extracting(AuditFinding::getSeverity)
        .containsExactly(Severity.CRITICAL, Severity.WARNING);
    assertThat(eligible).allMatch(AuditFinding::getStanding);
    assertThat(eligible).allMatch(finding -> finding.getSinceMicros() == LOOK_MILLIS * 1_000);
    assertThat(seen.verdicts)
        .extracting(verdict -> verdict.getValue().getUnreliable())
        .containsExactly(List.of("ITEM_NOT_ELIGIBLE"), List.of());
    assertThat(seen.verdicts.get(0).getTimestamp())
        .isEqualTo(LOOK_MILLIS + REWARD_WINDOW_MILLIS - 1);
  }

  @Test
  void aLookHasSeenTheWindowsThatEndUntilThen() throws Exception {
    AuditFinding first = run(window -> true, window -> false).findings.get(0).getValue();
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    for (int window = 0; window < LOOK_MILLIS / WINDOW_MILLIS; window++) {
      events(window).forEach(e -> audit.add(AuditedFeedback.of(AvroMapping.feedback(e))));
    }
    assertThat(first.getN()).isEqualTo(audit.n());
    assertThat(audit.unreliable("")).containsExactly(first.getName());
    assertThat(first.getEvidence())
        .allSatisfy(
            number ->
                assertThat(audit.findings().get(0).evidence().get(number.getName()))
                    .isEqualTo(number.getValue()));
    assertThat(first.getCauses()).isNotEmpty();
  }

  @Test
  void howTheWatermarkAdvancesChangesNothing() throws Exception {
    Seen steady = run(window -> true, window -> false);
    assertThat(run(window -> false, window -> false)).isEqualTo(steady);
    assertThat(run(window -> window % 7 == 0, window -> false)).isEqualTo(steady);
  }

  @Test
  void aRestartAfterAnyWindowChangesNothing() throws Exception {
    assertThat(run(window -> window % 3 == 0, window -> true))
        .isEqualTo(run(window -> true, window -> false));
  }

  @Test
  void deadLettersAreAuditedByTheTimeOfTheirRecords() throws Exception {
    Seen steady = run(window -> true, window -> false, 1);
    assertThat(run(window -> false, window -> false, 1)).isEqualTo(steady);
    assertThat(run(window -> window % 3 == 0, window -> true, 1)).isEqualTo(steady);
    assertThat(steady.findings.stream().map(StreamRecord::getValue))
        .filteredOn(finding -> finding.getSinceMicros() == LOOK_MILLIS * 1_000)
        .extracting(AuditFinding::getName)
        .contains("INVALID_PROPENSITIES", "LATE_REWARDS", "ORPHAN_REWARDS");
    assertThat(steady.verdicts.get(0).getValue().getUnreliable()).contains("INVALID_PROPENSITIES");
    AuditFinding refused =
        steady.findings.stream()
            .<AuditFinding>map(StreamRecord::getValue)
            .filter(finding -> finding.getName().equals("INVALID_PROPENSITIES"))
            .findFirst()
            .orElseThrow();
    assertThat(refused.getEvidence().get(1).getValue()).isEqualTo(4.0 * LETTERS);
  }

  @Test
  void aStreamOfDeadLettersOnlyIsFound() throws Exception {
    var harness = harness();
    harness.open();
    for (int window = 0; window < 4; window++) {
      letters(harness, window);
    }
    harness.processBothWatermarks(new Watermark(LOOK_MILLIS + REWARD_WINDOW_MILLIS - 1));
    assertThat(harness.extractOutputValues())
        .extracting(AuditFinding::getName)
        .contains("INVALID_PROPENSITIES");
    harness.close();
  }

  /** Refused impressions, late rewards and orphans of a window. */
  private static void letters(
      TwoInputStreamOperatorTestHarness<FeedbackBlock, String, AuditFinding> harness, int window)
      throws Exception {
    for (int k = 0; k < LETTERS; k++) {
      long time = window * WINDOW_MILLIS + k;
      harness.processElement2(new StreamRecord<>(Rejection.INVALID_PROPENSITY.name(), time));
      harness.processElement2(new StreamRecord<>("LATE_REWARD", time));
      harness.processElement2(new StreamRecord<>("ORPHAN_REWARD", time));
    }
  }

  private interface At {
    boolean window(int window);
  }

  private static Seen run(At watermark, At restart) throws Exception {
    return run(watermark, restart, 0);
  }

  private static Seen run(At watermark, At restart, int letters) throws Exception {
    Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
    var harness = harness();
    harness.open();
    for (int window = 0; window < WINDOWS; window++) {
      long end = (window + 1) * WINDOW_MILLIS;
      long matured = end + REWARD_WINDOW_MILLIS - 1;
      for (int half = 0; half < 2; half++) {
        List<Feedback> events = events(window).subList(half * EVENTS / 2, (half + 1) * EVENTS / 2);
        harness.processElement1(
            new StreamRecord<>(
                new FeedbackBlock(
                    AuditTopology.OWNER, end * 1_000, 2L * window + half, events, List.of()),
                matured));
        if (half == 0 && letters > 0) {
          letters(harness, window);
        }
      }
      if (restart.window(window)) {
        collect(harness, seen);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      if (watermark.window(window)) {
        harness.processBothWatermarks(new Watermark(matured));
      }
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    collect(harness, seen);
    harness.close();
    return seen;
  }

  private static void collect(
      TwoInputStreamOperatorTestHarness<FeedbackBlock, String, AuditFinding> harness, Seen seen) {
    seen.findings.addAll(harness.extractOutputStreamRecords());
    if (harness.getSideOutput(AuditFeedback.VERDICTS) != null) {
      seen.verdicts.addAll(harness.getSideOutput(AuditFeedback.VERDICTS));
    }
  }

  private static TwoInputStreamOperatorTestHarness<FeedbackBlock, String, AuditFinding> harness()
      throws Exception {
    return new TwoInputStreamOperatorTestHarness<>(
        new AuditFeedback(
            new AuditOptions(
                new MaturityTime(REWARD_WINDOW_MILLIS),
                LOOK_MILLIS,
                .001,
                0,
                Map.of(),
                2000,
                2048,
                100_000)));
  }

  private static List<Feedback> events(int window) {
    Random random = new Random(window);
    List<Feedback> events = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      boolean outside = window < BROKEN && k % 5 == 0;
      events.add(
          Feedback.newBuilder()
              .setImpressionId("%03d-%03d".formatted(window, k))
              .setEventTimeMicros((window * WINDOW_MILLIS + k) * 1_000)
              .setSegment("all")
              .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
              .setItemId(outside ? "elsewhere" : "item-" + random.nextInt(4))
              .setEligibleItemIds(List.of("item-0", "item-1", "item-2", "item-3"))
              .setPolicyId("logging")
              .setPolicyVersion(1)
              .setReward(random.nextInt(2))
              .setPropensity(.25)
              .setPropensitySource(PropensitySource.LOGGED)
              .setEstimatedPropensity(.25)
              .setEstimatedUncertainty(0)
              .build());
    }
    return events;
  }
}
