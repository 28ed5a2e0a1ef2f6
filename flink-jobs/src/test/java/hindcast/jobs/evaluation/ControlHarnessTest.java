package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.PropensitySource;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.ScoredBlock;
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
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions 1, 2, 4, ... 64 cut at the end of windows 0 to 6 of ten, one event in each window, at
 * most four versions open, a report after each window.
 */
class ControlHarnessTest {
  private static final int WINDOWS = 10;
  private static final int VERSIONS = 7;
  private static final long WINDOW_MILLIS = 1_000;
  private static final long WINDOW_MICROS = WINDOW_MILLIS * 1_000;

  @TempDir private Path folder;
  private CatalogueManifest catalogue;
  private final List<ScoredBlock> weights = new ArrayList<>();
  private final Map<Integer, List<PolicyControl>> controls = new TreeMap<>();

  @BeforeEach
  void write() throws IOException {
    catalogue =
        CatalogueFile.write(
            folder.resolve("one.catalogue"),
            "one",
            "space",
            new String[] {"item-0", "item-1"},
            1,
            new float[] {1, -1},
            0);
  }

  @Test
  void withoutCommandsTheOldestMakesRoom() throws Exception {
    NavigableMap<Long, ValueEstimate> last = run(-1);
    // version 1 makes room for 16 before window 4 is scored; version 64 has seen windows 7 to 9
    assertThat(last.get(1L).getN()).isEqualTo(3);
    assertThat(last.get(1L).getEventTimeMicros()).isEqualTo(4 * WINDOW_MICROS);
    assertThat(last.get(64L).getN()).isEqualTo(3);
  }

  @Test
  void openedDeployedAndChampionAreNotClosed() throws Exception {
    add(2, PolicyCommand.OPEN, 1);
    add(3, PolicyCommand.PROMOTE, 2);
    add(4, PolicyCommand.PROMOTE, 4);
    NavigableMap<Long, ValueEstimate> last = run(-1);
    assertThat(last.get(1L).getN()).isEqualTo(9);
    assertThat(last.get(2L).getN()).isEqualTo(8);
    assertThat(last.get(4L).getN()).isEqualTo(7);
    assertThat(last.get(8L).getN()).isEqualTo(6);
  }

  @Test
  void aVersionThatWasNotOpenIsScoredFromTheCommandOn() throws Exception {
    add(6, PolicyCommand.OPEN, 3);
    NavigableMap<Long, ValueEstimate> last = run(-1);
    assertThat(last.get(3L).getN()).isEqualTo(4);
    assertThat(last.get(3L).getLineOutcomes()).isZero();
  }

  @Test
  void aClosedVersionHasItsFinalEstimateAtTheTimeOfTheCommand() throws Exception {
    add(5, PolicyCommand.CLOSE, 8);
    NavigableMap<Long, ValueEstimate> last = run(-1);
    assertThat(last.get(8L).getN()).isEqualTo(1);
    assertThat(last.get(8L).getEventTimeMicros()).isEqualTo(5 * WINDOW_MICROS);
  }

  @Test
  void aRollbackClosesWhatItLeftButTheChampionAndTheLineGoesOnWithItsVersion() throws Exception {
    add(5, PolicyCommand.PROMOTE, 8);
    add(6, PolicyCommand.ROLLBACK, 3);
    NavigableMap<Long, ValueEstimate> last = run(-1);
    assertThat(last.get(16L).getEventTimeMicros()).isEqualTo(6 * WINDOW_MICROS);
    assertThat(last.get(16L).getN()).isEqualTo(1);
    assertThat(last.get(8L).getN()).isEqualTo(6);
    assertThat(last.get(8L).getLineOutcomes()).isEqualTo(1);
    // version 32 is cut at the rollback and was left; 64 is cut after it
    assertThat(last.get(3L).getLineOutcomes()).isEqualTo(1);
    assertThat(last.get(64L).getLineOutcomes()).isEqualTo(3);
    assertThat(last.values().stream().mapToLong(ValueEstimate::getLineOutcomes).sum())
        .isEqualTo(last.get(0L).getN());
  }

  @Test
  void aRestartBeforeAnyWindowChangesNothing() throws Exception {
    add(2, PolicyCommand.OPEN, 1);
    add(5, PolicyCommand.PROMOTE, 8);
    add(6, PolicyCommand.ROLLBACK, 3);
    add(8, PolicyCommand.CLOSE, 1);
    NavigableMap<Long, ValueEstimate> whole = run(-1);
    assertThat(whole.get(1L).getEventTimeMicros()).isEqualTo(8 * WINDOW_MICROS);
    for (int restart = 0; restart < WINDOWS; restart++) {
      assertThat(run(restart)).as("restart before window %d", restart).isEqualTo(whole);
    }
  }

  @Test
  void weightsAreGivenWhileSomethingIsDeployed() throws Exception {
    run(-1);
    assertThat(weights).isEmpty();
    add(5, PolicyCommand.PROMOTE, 8);
    add(7, PolicyCommand.CLOSE, 16);
    run(-1);
    assertThat(weights).filteredOn(one -> !one.getClosed()).allMatch(one -> one.getNumber() >= 5);
    List<ScoredBlock> deployed =
        weights.stream().filter(one -> !one.getDeployment().isEmpty()).toList();
    assertThat(deployed).hasSize(WINDOWS - 5);
    assertThat(deployed)
        .allSatisfy(
            one -> {
              assertThat(one.getVersion()).isEqualTo(8);
              assertThat(one.getDeployment()).isEqualTo("PROMOTE-8");
              assertThat(one.getRewards()).containsExactly(1.0);
              assertThat(one.getUncertainties()).containsExactly(0.0);
            });
    assertThat(weights)
        .filteredOn(one -> one.getVersion() == 16)
        .extracting(ScoredBlock::getNumber, ScoredBlock::getClosed)
        .containsExactly(tuple(5L, false), tuple(6L, false), tuple(-1L, true));
  }

  private void add(int window, PolicyCommand command, long version) throws IOException {
    PolicyControl control =
        PolicyControl.newBuilder()
            .setCommandId(command + "-" + version)
            .setCommand(command)
            .setPolicy("policy")
            .setVersion(version)
            .setEffectiveTimeMicros(window * WINDOW_MICROS)
            .setRequestedBy("ann")
            .setReason("")
            .setCheckpoint(checkpoint(version, 2))
            .build();
    controls.computeIfAbsent(window, w -> new ArrayList<>()).add(control);
  }

  /** The last estimate of each version. */
  private NavigableMap<Long, ValueEstimate> run(int restart) throws Exception {
    TreeMap<Long, ValueEstimate> last = new TreeMap<>();
    var harness = harness();
    harness.open();
    harness.processElement2(new StreamRecord<>(catalogue, 0));
    for (int window = 0; window < WINDOWS; window++) {
      long end = (window + 1) * WINDOW_MILLIS;
      for (PolicyControl control : controls.getOrDefault(window, List.of())) {
        EvaluatorHarness.send(
            harness, new EvaluationInput("policy", null, null, null, null, control), 0);
      }
      if (window < VERSIONS) {
        PolicyCheckpoint checkpoint = checkpoint(1L << window, window + 1);
        EvaluatorHarness.send(
            harness, new EvaluationInput("policy", null, checkpoint, null, null, null), end - 1);
      }
      FeedbackBlock block =
          new FeedbackBlock(
              "policy", end * 1_000, (long) window, List.of(event(window)), List.of());
      EvaluatorHarness.send(
          harness, new EvaluationInput("policy", block, null, null, null, null), end - 1);
      if (window == restart) {
        harness
            .extractOutputValues()
            .forEach(estimate -> last.put(estimate.getVersion(), estimate));
        var snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processBothWatermarks(new Watermark(end - 1));
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    harness.extractOutputValues().forEach(estimate -> last.put(estimate.getVersion(), estimate));
    weights.addAll(EvaluatorHarness.sideOutput(harness, EvaluatePolicy.WEIGHTS));
    harness.close();
    return last;
  }

  private static PolicyCheckpoint checkpoint(long version, int cutWindow) throws IOException {
    return new PolicyCheckpointCodec("")
        .write(
            new PolicyCheckpointContent(
                "policy",
                version,
                "",
                "IPS",
                1,
                cutWindow * WINDOW_MICROS,
                "one",
                "space",
                Map.of(),
                new PolicyParameters(1, 1, new double[] {.1}),
                new byte[0]));
  }

  private static Feedback event(int window) {
    return Feedback.newBuilder()
        .setImpressionId("i-" + window)
        .setEventTimeMicros(window * WINDOW_MICROS)
        .setSegment("all")
        .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
        .setItemId("item-" + window % 2)
        .setPolicyId("logging")
        .setPolicyVersion(0)
        .setReward(1)
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
        List.of(new PolicyLine("policy", Kind.LEARNED, List.of("softmax"), Map.of(), "")),
        List.of("IPS"),
        0,
        0,
        WINDOW_MILLIS,
        WINDOW_MILLIS,
        false);
  }
}
