package hindcast.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PropensitySource;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.jobs.state.CatalogueManifests;
import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnPolicyHarnessTest {
  private static final int ITEMS = 40;
  private static final int DIMENSION = 8;
  private static final int EVENTS = 16;
  private static final int WINDOWS = 8;
  private static final long WINDOW_MILLIS = 1_000;

  @TempDir private Path folder;
  private CatalogueManifest first;
  private String gradient = "exact";
  private RecallSettings recall = RecallSettings.NONE;

  @BeforeEach
  void writeCatalogue() throws IOException {
    first = catalogue("one", "space", 0, 1);
  }

  @Test
  void halfTheStreamASnapshotAndTheOtherHalfIsTheWholeStream() throws Exception {
    assertThat(run(List.of(first), WINDOWS)).hasSizeGreaterThan(4);
    requireSameAfterRestart(List.of(first), WINDOWS / 2, WINDOWS);
  }

  @Test
  void aRestartAfterTheLastEventStillGivesTheLastCheckpoint() throws Exception {
    requireSameAfterRestart(List.of(first), 5, 5);
  }

  @Test
  void aNewVersionInTheSameSpaceHoldsFromItsTimeAndTrainingGoesOn() throws Exception {
    CatalogueManifest second = catalogue("two", "space", 4 * WINDOW_MILLIS, 2);
    List<PolicyCheckpoint> before = run(List.of(first), WINDOWS);
    List<PolicyCheckpoint> swapped = run(List.of(first, second), WINDOWS);
    requireOneLine(swapped);
    assertThat(swapped.get(0)).isEqualTo(before.get(0));
    assertThat(swapped)
        .extracting(PolicyCheckpoint::getCatalogueVersion)
        .startsWith("one")
        .endsWith("two");
    assertThat(swapped)
        .extracting(PolicyCheckpoint::getStep)
        .isEqualTo(before.stream().map(PolicyCheckpoint::getStep).toList());
  }

  @Test
  void aRestartWhileTwoVersionsAreKnownChangesNothing() throws Exception {
    CatalogueManifest second = catalogue("two", "space", 4 * WINDOW_MILLIS, 2);
    for (int cut = 1; cut < WINDOWS; cut++) {
      requireSameAfterRestart(List.of(first, second), cut, WINDOWS);
    }
  }

  @Test
  void anotherSpaceBeginsTrainingAnewInOneLineOfVersions() throws Exception {
    CatalogueManifest other = catalogue("other", "elsewhere", 4 * WINDOW_MILLIS, 3);
    List<PolicyCheckpoint> checkpoints = run(List.of(first, other), WINDOWS);
    requireOneLine(checkpoints);
    PolicyCheckpoint firstInOther =
        checkpoints.stream()
            .filter(checkpoint -> checkpoint.getEmbeddingSpace().equals("elsewhere"))
            .findFirst()
            .orElseThrow();
    assertThat(firstInOther.getStep()).isLessThanOrEqualTo(2);
    assertThat(firstInOther.getVersion()).isGreaterThan(1);
  }

  @Test
  void measuringTheIndexChangesNothingThatIsLearned() throws Exception {
    gradient = "partition";
    List<PolicyCheckpoint> unwatched = run(List.of(first), WINDOWS);
    recall = new RecallSettings(WINDOW_MILLIS * 1_000, 1);
    assertThat(run(List.of(first), WINDOWS)).isEqualTo(unwatched);
    requireSameAfterRestart(List.of(first), WINDOWS / 2, WINDOWS);
  }

  @Test
  void aProbeIsDueOnceInEachInterval() {
    RecallSettings every = new RecallSettings(10, .8);
    assertThat(every.isDue(0, 9)).isFalse();
    assertThat(every.isDue(9, 10)).isTrue();
    assertThat(every.isDue(10, 19)).isFalse();
    assertThat(every.isDue(10, 57)).isTrue();
    assertThat(RecallSettings.NONE.isDue(0, 1_000)).isFalse();
  }

  private void requireSameAfterRestart(List<CatalogueManifest> manifests, int cut, int windows)
      throws Exception {
    Part firstHalf = run(null, manifests, 0, cut, false);
    Part secondHalf = run(firstHalf.snapshot(), List.of(), cut, windows, true);
    List<PolicyCheckpoint> halves = new ArrayList<>(firstHalf.checkpoints());
    halves.addAll(secondHalf.checkpoints());
    assertThat(halves).as("restart after window " + cut).isEqualTo(run(manifests, windows));
  }

  private List<PolicyCheckpoint> run(List<CatalogueManifest> manifests, int windows)
      throws Exception {
    return run(null, manifests, 0, windows, true).checkpoints();
  }

  private record Part(List<PolicyCheckpoint> checkpoints, OperatorSubtaskState snapshot) {}

  private Part run(
      OperatorSubtaskState state,
      List<CatalogueManifest> manifests,
      int from,
      int to,
      boolean toTheEnd)
      throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<
            String, FeedbackBlock, CatalogueManifest, PolicyCheckpoint>
        harness = harness();
    try {
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
      for (CatalogueManifest manifest : manifests) {
        harness.processElement2(new StreamRecord<>(manifest, 0));
      }
      for (int window = from; window < to; window++) {
        long end = (window + 1) * WINDOW_MILLIS;
        harness.processElement1(new StreamRecord<>(block(window, end), end - 1));
        harness.processBothWatermarks(new Watermark(end - 1));
      }
      if (toTheEnd) {
        harness.processBothWatermarks(Watermark.MAX_WATERMARK);
      }
      return new Part(List.copyOf(harness.extractOutputValues()), harness.snapshot(1, 1));
    } finally {
      harness.close();
    }
  }

  private static void requireOneLine(List<PolicyCheckpoint> checkpoints) {
    String parent = "";
    long version = 0;
    for (PolicyCheckpoint checkpoint : checkpoints) {
      assertThat(checkpoint.getVersion()).isEqualTo(++version);
      assertThat(checkpoint.getParentSha256()).isEqualTo(parent);
      parent = checkpoint.getSha256();
    }
  }

  private CatalogueManifest catalogue(String version, String space, long effectiveMillis, int seed)
      throws IOException {
    Random random = new Random(seed);
    float[] vectors = new float[ITEMS * DIMENSION];
    String[] ids = new String[ITEMS];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = (float) random.nextGaussian();
    }
    for (int a = 0; a < ITEMS; a++) {
      ids[a] = "item-" + a;
    }
    return CatalogueFile.write(
        folder.resolve(version + ".catalogue"),
        version,
        space,
        ids,
        DIMENSION,
        vectors,
        effectiveMillis * 1_000);
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, FeedbackBlock, CatalogueManifest, PolicyCheckpoint>
      harness() throws Exception {
    LearnerSpec spec =
        new LearnerSpec(
            "policy", "CLPI", Map.of(), gradient, Map.of(), 12, "adam", .05, 1e-4, 2, 7, "random");
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new LearnPolicy(List.of(spec), folder.toString(), recall),
            List.of(CatalogueManifests.STATE)),
        FeedbackBlock::getOwner,
        null,
        Types.STRING);
  }

  private static FeedbackBlock block(int window, long endMillis) {
    Random random = new Random(window);
    List<Feedback> feedback = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      float[] context = {1, (float) random.nextGaussian(), (float) random.nextGaussian()};
      feedback.add(
          Feedback.newBuilder()
              .setImpressionId("%03d-%03d".formatted(window, i))
              .setEventTimeMicros((endMillis - WINDOW_MILLIS + i) * 1_000)
              .setSegment("s")
              .setContext(new Context(AvroMapping.pack(context), null))
              .setItemId("item-" + random.nextInt(ITEMS))
              .setPolicyId("logging")
              .setPolicyVersion(0)
              .setReward(random.nextInt(2))
              .setPropensity(1.0 / ITEMS)
              .setPropensitySource(PropensitySource.LOGGED)
              .setEstimatedPropensity(1.0 / ITEMS)
              .setEstimatedUncertainty(0)
              .build());
    }
    return new FeedbackBlock("policy", endMillis * 1_000, (long) window, feedback, List.of());
  }
}
