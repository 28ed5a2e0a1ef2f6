package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PropensitySource;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.policy.PolicyParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Corrections of outcomes that a learned version had scored before it was closed. Version 1 is cut
 * at the end of window 0, scores windows 1 to 3, and is closed when version 16 opens in window 4.
 */
class ClosedVersionHarnessTest {
  private static final int ITEMS = 4;
  private static final int EVENTS = 6;
  private static final int WINDOWS = 12;
  private static final long SECOND = 1_000_000;
  private static final long HORIZON_MILLIS = 4_000;
  private static final long[] VERSIONS = {1, 2, 4, 8, 16};
  private static final long CLOSED_AT = 4 * SECOND;
  private static final int NO_RESTART = -1;

  /** Which corrections come, and with which window. */
  private record Corrections(int with, List<RewardCorrection> corrections) {}

  private static final Corrections NONE = new Corrections(0, List.of());

  @TempDir private Path folder;
  private CatalogueManifest catalogue;

  @BeforeEach
  void write() throws IOException {
    float[] vectors = {1, 0, 0, 1, -1, 0, 0, -1};
    catalogue =
        CatalogueFile.write(
            folder.resolve("c.catalogue"),
            "one",
            "space",
            new String[] {"item-0", "item-1", "item-2", "item-3"},
            2,
            vectors,
            0);
  }

  @Test
  void itsEstimateIsRevisedAndReportedUnderTheTimeItWasClosedAt() throws Exception {
    ValueEstimate before = last(run(false, NONE, NO_RESTART), 1);
    assertThat(before.getRevision()).isZero();
    assertThat(before.getEventTimeMicros()).isEqualTo(CLOSED_AT);
    assertThat(before.getN()).isEqualTo(3 * EVENTS);

    Corrections late =
        new Corrections(
            6,
            List.of(
                new RewardCorrection(id(3, 1), time(3, 1), 1, 1., 0., 1),
                new RewardCorrection(id(3, 2), time(3, 2), 1, 1., null, 1)));
    List<ValueEstimate> revised = run(true, late, NO_RESTART);
    assertThat(of(revised, 1).stream().filter(e -> e.getRevision() == 0))
        .last()
        .satisfies(estimate -> assertThat(estimate.getN()).isEqualTo(3 * EVENTS - 1));
    ValueEstimate corrected = last(revised, 1);
    ValueEstimate clean = last(run(true, NONE, NO_RESTART), 1);
    assertThat(corrected.getRevision()).isEqualTo(2);
    assertThat(corrected.getCorrectionsLeftOut()).isEqualTo(2);
    assertThat(corrected.getEventTimeMicros()).isEqualTo(CLOSED_AT);
    assertThat(corrected.getN()).isEqualTo(3 * EVENTS);
    assertThat(corrected.getValue()).isEqualTo(clean.getValue()).isGreaterThan(before.getValue());
    assertThat(corrected.getUpper()).isEqualTo(clean.getUpper());
    for (int window = 4; window < WINDOWS; window++) {
      assertThat(last(run(true, late, window), 1))
          .as("restart in window " + window)
          .isEqualTo(corrected);
    }
  }

  @Test
  void aCorrectionOfWhatItDidNotScoreLeavesItAlone() throws Exception {
    Corrections late =
        new Corrections(
            6,
            List.of(
                new RewardCorrection(id(5, 1), time(5, 1), 1, 1., 0., 1),
                new RewardCorrection(id(0, 1), time(0, 1), 1, 1., 0., 1)));
    List<ValueEstimate> estimates = run(false, late, NO_RESTART);
    assertThat(of(estimates, 1)).allMatch(estimate -> estimate.getRevision() == 0);
    assertThat(last(estimates, 16).getRevision()).isEqualTo(1);
  }

  @Test
  void afterItsHorizonItIsForgottenAndNothingIsReportedAnyMore() throws Exception {
    Corrections late =
        new Corrections(10, List.of(new RewardCorrection(id(3, 1), time(3, 1), 1, 1., 0., 1)));
    assertThat(run(false, late, NO_RESTART)).isEqualTo(run(false, NONE, NO_RESTART));
  }

  /**
   * @param complete whether the corrected rewards count: at once where there are no corrections
   */
  private List<ValueEstimate> run(boolean complete, Corrections late, int restartIn)
      throws Exception {
    List<ValueEstimate> estimates = new ArrayList<>();
    boolean inTime = complete && late.corrections().isEmpty();
    var harness = harness();
    harness.open();
    harness.processElement2(new StreamRecord<>(catalogue, 0));
    for (int window = 0; window < WINDOWS; window++) {
      long end = (window + 1) * SECOND / 1_000;
      if (window < VERSIONS.length) {
        PolicyCheckpoint checkpoint = checkpoint(VERSIONS[window], (window + 1) * SECOND);
        EvaluatorHarness.send(
            harness, new EvaluationInput("policy", null, checkpoint, null, null, null), end - 1);
      }
      FeedbackBlock block = block(window, inTime, complete && !inTime);
      EvaluatorHarness.send(
          harness, new EvaluationInput("policy", block, null, null, null, null), end - 1);
      if (window == late.with()) {
        for (RewardCorrection correction : late.corrections()) {
          EvaluatorHarness.send(
              harness, new EvaluationInput("policy", null, null, correction, null, null), 0);
        }
      }
      if (window == restartIn) {
        estimates.addAll(harness.extractOutputValues());
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processBothWatermarks(new Watermark(end - 1));
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    estimates.addAll(harness.extractOutputValues());
    harness.close();
    return estimates;
  }

  private static List<ValueEstimate> of(List<ValueEstimate> estimates, long version) {
    return estimates.stream().filter(estimate -> estimate.getVersion() == version).toList();
  }

  private static ValueEstimate last(List<ValueEstimate> estimates, long version) {
    List<ValueEstimate> ofVersion = of(estimates, version);
    return ofVersion.get(ofVersion.size() - 1);
  }

  private static FeedbackBlock block(int window, boolean complete, boolean hides) {
    List<Feedback> counted = new ArrayList<>();
    List<Feedback> unactivated = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      boolean late = window == 3 && (k == 1 || k == 2);
      boolean activated = !(hides && late && k == 2);
      (activated ? counted : unactivated)
          .add(event(window, k, late ? (complete ? 1 : 0) : .5, activated));
    }
    return new FeedbackBlock("policy", (window + 1) * SECOND, (long) window, counted, unactivated);
  }

  private static Feedback event(int window, int k, double reward, boolean activated) {
    return Feedback.newBuilder()
        .setImpressionId(id(window, k))
        .setEventTimeMicros(time(window, k))
        .setSegment("s")
        .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
        .setItemId("item-" + k % ITEMS)
        .setPolicyId("logging")
        .setPolicyVersion(0)
        .setReward(reward)
        .setPropensity(1.0 / ITEMS)
        .setPropensitySource(PropensitySource.LOGGED)
        .setEstimatedPropensity(1.0 / ITEMS)
        .setEstimatedUncertainty(0)
        .setActivatedInTime(activated)
        .build();
  }

  private static String id(int window, int k) {
    return "%02d-%d".formatted(window, k);
  }

  private static long time(int window, int k) {
    return window * SECOND + k * 1_000L;
  }

  private static PolicyCheckpoint checkpoint(long version, long cutMicros) throws IOException {
    return new PolicyCheckpointCodec("")
        .write(
            new PolicyCheckpointContent(
                "policy",
                version,
                "",
                "IPS",
                version,
                cutMicros,
                "one",
                "space",
                Map.of(),
                new PolicyParameters(1, 2, new double[] {.5, .25}),
                new byte[0]));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness() throws Exception {
    return EvaluatorHarness.of(
        List.of(new PolicyLine("policy", Kind.LEARNED, List.of("softmax"), Map.of(), "")),
        List.of("IPS"),
        0,
        HORIZON_MILLIS,
        SECOND / 1_000,
        SECOND / 1_000,
        false);
  }
}
