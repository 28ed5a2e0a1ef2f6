package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Corrections end in the numbers of a log in which every reward and activation came in time. */
class CorrectionsHarnessTest {
  static final int WINDOWS = 8;
  private static final int EVENTS = 12;
  static final long WINDOW_MILLIS = 1_000;
  static final long REWARD_WINDOW_MILLIS = 500;
  static final long HORIZON_MILLIS = 2_500;
  private static final int NO_RESTART = -1;

  @Test
  void estimatesAreRevisedAndSayHowOften() throws Exception {
    Map<String, ValueEstimate> clean = run(false, NO_RESTART);
    Map<String, ValueEstimate> corrected = run(true, NO_RESTART);
    assertThat(clean.values()).allMatch(estimate -> estimate.getRevision() == 0);
    assertThat(corrected.get("always IPS *").getRevision()).isEqualTo(3 * (WINDOWS - 1) * 4);
    assertThat(corrected.values()).allMatch(estimate -> estimate.getRevision() > 0);
    assertThat(corrected.values())
        .allMatch(estimate -> estimate.getCorrectionsLeftOut() == estimate.getRevision());
    assertThat(unrevised(corrected)).isEqualTo(unrevised(clean));
  }

  @Test
  void aRestartAnywhereChangesNothing() throws Exception {
    Map<String, ValueEstimate> whole = run(true, NO_RESTART);
    for (int window = 0; window < WINDOWS; window++) {
      assertThat(run(true, window)).as("restart in window " + window).isEqualTo(whole);
    }
  }

  /** Sequences do not take corrections in. */
  private static ValueEstimate.Builder withoutSequences(ValueEstimate estimate) {
    return ValueEstimate.newBuilder(estimate)
        .setCorrectionsLeftOut(0)
        .setSequenceLower(null)
        .setSequenceUpper(null)
        .setDifferenceSequenceLower(null)
        .setDifferenceSequenceUpper(null);
  }

  private static Map<String, ValueEstimate> unrevised(Map<String, ValueEstimate> estimates) {
    Map<String, ValueEstimate> unrevised = new TreeMap<>();
    estimates.forEach(
        (key, estimate) -> unrevised.put(key, withoutSequences(estimate).setRevision(0).build()));
    return unrevised;
  }

  private Map<String, ValueEstimate> run(boolean late, int restartIn) throws Exception {
    Map<String, ValueEstimate> last = new TreeMap<>();
    var harness = harness();
    harness.open();
    for (int window = 0; window < WINDOWS; window++) {
      long matured = (window + 1) * WINDOW_MILLIS + REWARD_WINDOW_MILLIS - 1;
      for (String owner : List.of("always", "logging")) {
        FeedbackBlock block = block(owner, window, !late);
        harness.processElement1(
            new StreamRecord<>(new EvaluationInput(owner, block, null, null, null, null), matured));
        if (late && window > 0) {
          for (RewardCorrection correction : corrections(window - 1)) {
            harness.processElement1(
                new StreamRecord<>(
                    new EvaluationInput(owner, null, null, correction, null, null), 0));
          }
        }
      }
      if (window == restartIn) {
        collect(harness.extractOutputValues(), last);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processBothWatermarks(new Watermark(matured));
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    collect(harness.extractOutputValues(), last);
    harness.close();
    return last;
  }

  private static void collect(List<ValueEstimate> estimates, Map<String, ValueEstimate> last) {
    for (ValueEstimate estimate : estimates) {
      last.put(
          estimate.getPolicy() + " " + estimate.getEstimator() + " " + estimate.getSegment(),
          estimate);
    }
  }

  /** The last window has no corrections, so that its rewards are the same in every run. */
  private static boolean isLate(int window, int event) {
    return window < WINDOWS - 1 && event % 3 == 0;
  }

  private static boolean isActivatedLate(int window, int event) {
    return window < WINDOWS - 1 && event % 3 == 1;
  }

  /**
   * A window's only block.
   *
   * @param complete whether every reward and activation came in time
   */
  static FeedbackBlock block(String owner, int window, boolean complete) {
    List<Feedback> events = events(window, complete);
    return new FeedbackBlock(
        owner,
        (window + 1) * WINDOW_MILLIS * 1_000,
        (long) window,
        events.stream().filter(Feedback::getActivatedInTime).toList(),
        events.stream().filter(event -> !event.getActivatedInTime()).toList());
  }

  private static List<Feedback> events(int window, boolean complete) {
    List<Feedback> events = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      boolean activated = complete || !isActivatedLate(window, k);
      double usual = activated ? k / 20.0 : 0;
      double reward = isLate(window, k) ? (complete ? .75 : .125) : usual;
      events.add(
          Feedback.newBuilder()
              .setImpressionId(id(window, k))
              .setEventTimeMicros(timeMicros(window, k))
              .setSegment("s" + k % 2)
              .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
              .setItemId("item-" + k % 4)
              .setPolicyId("logging")
              .setPolicyVersion(0)
              .setReward(reward)
              .setActivatedInTime(activated)
              .setPropensity(.1 + k / 20.0)
              .setPropensitySource(PropensitySource.LOGGED)
              .setEstimatedPropensity(.5)
              .setEstimatedUncertainty(0)
              .build());
    }
    return events;
  }

  /** Two for each late outcome, one for each late activation. */
  static List<RewardCorrection> corrections(int window) {
    List<RewardCorrection> corrections = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      if (isLate(window, k)) {
        long time = timeMicros(window, k);
        corrections.add(new RewardCorrection(id(window, k), time, 1, .5, .125, 2));
        corrections.add(new RewardCorrection(id(window, k), time, 2, .75, .5, 3));
      } else if (isActivatedLate(window, k)) {
        corrections.add(
            new RewardCorrection(id(window, k), timeMicros(window, k), 1, k / 20.0, null, 1));
      }
    }
    return corrections;
  }

  private static String id(int window, int event) {
    return "i-%d-%02d".formatted(window, event);
  }

  private static long timeMicros(int window, int event) {
    return (window * WINDOW_MILLIS + 50L * event) * 1_000;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness() throws Exception {
    return EvaluatorHarness.of(
        List.of(
            new PolicyLine("always", Kind.ALWAYS, List.of(), Map.of(), "item-1"),
            new PolicyLine("logging", Kind.LOGGING, List.of(), Map.of(), "")),
        List.of("IPS", "SNIPS", "CIPS_CAP:cap=2"),
        REWARD_WINDOW_MILLIS,
        HORIZON_MILLIS,
        WINDOW_MILLIS,
        1_000,
        true);
  }
}
