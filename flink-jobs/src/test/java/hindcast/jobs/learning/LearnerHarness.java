package hindcast.jobs.learning;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PropensitySource;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.LearningInput;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.jobs.state.CatalogueManifests;
import hindcast.jobs.state.MaturityTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The learning operator alone, over windows of a second without a reward window. */
final class LearnerHarness {
  static final int ITEMS = 40;
  static final int DIMENSION = 8;
  static final int EVENTS = 16;
  static final long WINDOW_MILLIS = 1_000;

  private LearnerHarness() {}

  static CatalogueManifest catalogue(
      Path folder, String version, String space, long effectiveMillis, int seed)
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

  /** The operator with one policy: minibatches of 12, a checkpoint every second step. */
  static KeyedTwoInputStreamOperatorTestHarness<
          String, LearningInput, CatalogueManifest, PolicyCheckpoint>
      of(Path folder, String gradient, RecallSettings recall) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new LearnPolicy(
                List.of(spec(gradient)),
                folder.toString(),
                recall,
                new MaturityTime(0),
                WINDOW_MILLIS),
            List.of(CatalogueManifests.STATE)),
        LearningInput::getOwner,
        null,
        Types.STRING);
  }

  static LearnerSpec spec(String gradient) {
    return new LearnerSpec(
        "policy", "CLPI", Map.of(), gradient, Map.of(), 12, "adam", .05, 1e-4, 2, 7, "random", "");
  }

  static LearningInput input(FeedbackBlock block) {
    return new LearningInput("policy", block, null);
  }

  /** The feedback of a window, the same whenever it is asked for. */
  static FeedbackBlock block(int window) {
    long endMillis = (window + 1) * WINDOW_MILLIS;
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
