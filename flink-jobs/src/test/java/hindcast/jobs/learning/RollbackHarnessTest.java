package hindcast.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.internal.LearningInput;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.checkpoint.CheckpointChain;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.feedback.LoggedFeedback;
import hindcast.jobs.state.StateBytes;
import hindcast.training.MinibatchTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is learned after a rollback is what the earlier version would have learned. */
class RollbackHarnessTest {
  private static final int WINDOWS = 10;
  private static final int MINIBATCH = 12;
  private static final long SECOND = LearnerHarness.WINDOW_MILLIS * 1_000;

  @TempDir private Path folder;
  private CatalogueManifest first;
  private List<PolicyCheckpoint> before;

  @BeforeEach
  void learn() throws Exception {
    first = LearnerHarness.catalogue(folder, "one", "space", 0, 1);
    before = run(List.of(first), Map.of(), -1);
    assertThat(before).hasSizeGreaterThan(5);
  }

  @Test
  void trainingGoesOnFromTheVersionBitForBit() throws Exception {
    int window = 5;
    List<PolicyCheckpoint> after = run(List.of(first), Map.of(window, before.get(0)), -1);
    PolicyCheckpoint next = firstAfter(after, window);
    assertThat(next.getVersion()).isEqualTo(4);
    assertThat(next.getParentSha256()).isEqualTo(before.get(0).getSha256());
    assertThat(next.getRolledBackTo()).isEqualTo(1);
    assertThat(next.getDataCutMicros()).isGreaterThan(window * SECOND);

    MinibatchTrainer trainer = trainer(before.get(0));
    int waiting = window * LearnerHarness.EVENTS / MINIBATCH * MINIBATCH;
    trainer.step(events(waiting));
    trainer.step(events(waiting + MINIBATCH));
    PolicyCheckpointContent content = PolicyCheckpointCodec.read(next);
    assertThat(content.trainerState()).isEqualTo(StateBytes.write(trainer::write));
    assertThat(content.step()).isEqualTo(before.get(0).getStep() + 2);
  }

  @Test
  void theHashesStayOneLineOfDescent() throws Exception {
    Map<Integer, PolicyCheckpoint> rollbacks = new TreeMap<>();
    rollbacks.put(4, before.get(0));
    rollbacks.put(7, before.get(1));
    List<PolicyCheckpoint> after = run(List.of(first), rollbacks, -1);
    CheckpointChain chain = new CheckpointChain();
    for (PolicyCheckpoint checkpoint : after) {
      chain.add(checkpoint);
    }
    assertThat(after).filteredOn(one -> one.getRolledBackTo() != null).hasSize(2);
    assertThat(chain.descent("policy")).startsWith(1L, 2L).doesNotContain(3L);
  }

  @Test
  void backToTheNewestVersionForgetsTheStepsSince() throws Exception {
    // 4 windows are 5 steps and 2 versions: the fifth step is forgotten
    List<PolicyCheckpoint> after = run(List.of(first), Map.of(4, before.get(1)), -1);
    PolicyCheckpoint next = firstAfter(after, 4);
    assertThat(next.getVersion()).isEqualTo(3);
    assertThat(next.getRolledBackTo()).isNull();
    assertThat(next.getParentSha256()).isEqualTo(before.get(1).getSha256());
    MinibatchTrainer trainer = trainer(before.get(1));
    trainer.step(events(60));
    trainer.step(events(72));
    assertThat(PolicyCheckpointCodec.read(next).trainerState())
        .isEqualTo(StateBytes.write(trainer::write));
  }

  @Test
  void aRestartAtAnyTimeChangesNothing() throws Exception {
    Map<Integer, PolicyCheckpoint> rollbacks = Map.of(5, before.get(1));
    List<PolicyCheckpoint> whole = run(List.of(first), rollbacks, -1);
    for (int restart = 0; restart < WINDOWS; restart++) {
      assertThat(run(List.of(first), rollbacks, restart)).as("%d", restart).isEqualTo(whole);
    }
  }

  @Test
  void aVersionOfAnotherSpaceBeginsAnewInTheSameLine() throws Exception {
    CatalogueManifest other =
        LearnerHarness.catalogue(folder, "two", "other", 3 * SECOND / 1000, 3);
    List<PolicyCheckpoint> after = run(List.of(first, other), Map.of(6, before.get(0)), -1);
    PolicyCheckpoint next = firstAfter(after, 6);
    assertThat(next.getParentSha256()).isEqualTo(before.get(0).getSha256());
    assertThat(next.getEmbeddingSpace()).isEqualTo("other");
    assertThat(next.getStep()).isEqualTo(2);
  }

  private static PolicyCheckpoint firstAfter(List<PolicyCheckpoint> checkpoints, int window) {
    return checkpoints.stream()
        .filter(checkpoint -> checkpoint.getDataCutMicros() > window * SECOND)
        .findFirst()
        .orElseThrow();
  }

  private MinibatchTrainer trainer(PolicyCheckpoint checkpoint) throws IOException {
    MinibatchTrainer trainer =
        new MinibatchTrainer(
            LearnerHarness.spec("exact").settings(),
            "policy",
            checkpoint.getContextDimension(),
            CatalogueFile.load(folder.resolve("one.catalogue")).catalogue(),
            null);
    StateBytes.read(PolicyCheckpointCodec.read(checkpoint).trainerState(), trainer::read);
    return trainer;
  }

  private static List<LoggedFeedback> events(int from) {
    List<Feedback> all = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      all.addAll(LearnerHarness.block(window).getFeedback());
    }
    return all.subList(from, from + MINIBATCH).stream().map(AvroMapping::feedback).toList();
  }

  /** Learns, rolls back at the beginning of some windows, and starts anew before one of them. */
  private List<PolicyCheckpoint> run(
      List<CatalogueManifest> manifests, Map<Integer, PolicyCheckpoint> rollbacks, int restart)
      throws Exception {
    List<PolicyCheckpoint> out = new ArrayList<>();
    var harness = open(null);
    for (CatalogueManifest manifest : manifests) {
      harness.processElement2(new StreamRecord<>(manifest, 0));
    }
    for (int window = 0; window < WINDOWS; window++) {
      if (rollbacks.containsKey(window)) {
        PolicyControl rollback = rollback(window, rollbacks.get(window));
        harness.processElement1(new StreamRecord<>(new LearningInput("policy", null, rollback), 0));
      }
      if (window == restart) {
        out.addAll(harness.extractOutputValues());
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = open(snapshot);
      }
      long end = (window + 1) * LearnerHarness.WINDOW_MILLIS;
      harness.processElement1(
          new StreamRecord<>(LearnerHarness.input(LearnerHarness.block(window)), end - 1));
      harness.processBothWatermarks(new Watermark(end - 1));
    }
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    out.addAll(harness.extractOutputValues());
    harness.close();
    return out;
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, LearningInput, CatalogueManifest, PolicyCheckpoint>
      open(OperatorSubtaskState state) throws Exception {
    var harness = LearnerHarness.of(folder, "exact", RecallSettings.NONE);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static PolicyControl rollback(int window, PolicyCheckpoint checkpoint) {
    return PolicyControl.newBuilder()
        .setCommandId("back-" + window)
        .setCommand(PolicyCommand.ROLLBACK)
        .setPolicy("policy")
        .setVersion(checkpoint.getVersion())
        .setEffectiveTimeMicros(window * SECOND)
        .setRequestedBy("ann")
        .setReason("")
        .setCheckpoint(checkpoint)
        .build();
  }
}
