package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PropensitySource;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.feedback.LoggedFeedback;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy version under catalogues that change while it is evaluated. */
class EvaluatePolicyHarnessTest {
  private static final int ITEMS = 40;
  private static final int DIMENSION = 8;
  private static final int EVENTS = 24;
  private static final int WINDOWS = 8;
  private static final long WINDOW_MICROS = 1_000_000;

  /** In the middle of window 4. */
  private static final long SWAP = 4 * WINDOW_MICROS + 12_000;

  @TempDir private Path folder;
  private CatalogueManifest first;
  private PolicyParameters parameters;

  @BeforeEach
  void write() throws IOException {
    first = catalogue("one", "space", 0, 0, ITEMS);
    double[] theta = new double[3 * DIMENSION];
    Random random = new Random(5);
    for (int k = 0; k < theta.length; k++) {
      theta[k] = random.nextGaussian();
    }
    parameters = new PolicyParameters(3, DIMENSION, theta);
  }

  @Test
  void addedItemsTakeTheirShareFromTheSwapOnAndItIsReported() throws Exception {
    CatalogueManifest second = catalogue("two", "space", SWAP, 0, ITEMS + 15);
    List<ValueEstimate> estimates = run(List.of(first, second), 1);
    double mass = 0;
    int measured = 0;
    double greedy = 0;
    for (Feedback event : events(1)) {
      if (event.getEventTimeMicros() >= SWAP) {
        SoftmaxPolicy policy = new SoftmaxPolicy(parameters, CatalogueFile.read(second));
        LoggedFeedback feedback = AvroMapping.feedback(event);
        double[] pi = policy.probabilities(feedback.context(), null);
        for (int item = ITEMS; item < ITEMS + 15; item++) {
          mass += pi[item];
        }
        greedy += policy.best(feedback.context(), null) >= ITEMS ? 1 : 0;
        measured++;
      }
    }
    assertThat(mass / measured).isBetween(.05, .95);
    assertThat(greedy / measured).isBetween(.05, .95);
    for (long version : new long[] {0, 1}) {
      ValueEstimate estimate = of(estimates, "policy", version);
      assertThat(estimate.getNewItemMass()).isCloseTo(mass / measured, within(1e-6));
      assertThat(estimate.getValue()).isCloseTo(value(first, second), within(1e-6));
      assertThat(of(estimates, "policy/greedy", version).getNewItemMass())
          .isCloseTo(greedy / measured, within(1e-6));
    }
  }

  @Test
  void removedItemsAreNotShownAnyMoreAndNothingIsNew() throws Exception {
    CatalogueManifest second = catalogue("two", "space", SWAP, 10, ITEMS);
    ValueEstimate estimate = of(run(List.of(first, second), 1), "policy", 1);
    assertThat(estimate.getNewItemMass()).isNull();
    assertThat(estimate.getValue()).isCloseTo(value(first, second), within(1e-6));
    assertThat(Math.abs(value(first, second) - value(first, first))).isGreaterThan(1e-3);
  }

  @Test
  void aVersionKeepsItsCatalogueWhenANewSpaceBegins() throws Exception {
    CatalogueManifest other = catalogue("other", "elsewhere", SWAP, 0, ITEMS + 15);
    List<ValueEstimate> kept = run(List.of(first, other), 1);
    assertThat(ofPolicy(kept)).isEqualTo(ofPolicy(run(List.of(first), 1)));
  }

  @Test
  void aVersionCutAfterTheSwapKnowsTheItems() throws Exception {
    CatalogueManifest second = catalogue("two", "space", SWAP, 0, ITEMS + 15);
    ValueEstimate estimate = of(run(List.of(first, second), 6), "policy", 1);
    assertThat(estimate.getN()).isEqualTo(2 * EVENTS);
    assertThat(estimate.getNewItemMass()).isNull();
  }

  @Test
  void aRestartBetweenAnyTwoWindowsChangesNothing() throws Exception {
    List<CatalogueManifest> manifests =
        List.of(first, catalogue("two", "space", SWAP, 5, ITEMS + 15));
    List<ValueEstimate> whole = run(manifests, 1);
    for (int cut = 0; cut <= WINDOWS; cut++) {
      Part half = run(null, manifests, 1, 0, cut, false);
      Part rest = run(half.snapshot(), List.of(), 1, cut, WINDOWS, true);
      assertThat(rest.estimates()).as("restart after window " + cut).isEqualTo(whole);
    }
  }

  @Test
  void aManifestHoldsFromItsTimeHoweverEarlyItArrives() throws Exception {
    CatalogueManifest second = catalogue("two", "space", SWAP, 0, ITEMS + 15);
    List<ValueEstimate> early = run(List.of(first, second), 1);
    Part half = run(null, List.of(first), 1, 0, 4, false);
    assertThat(run(half.snapshot(), List.of(second), 1, 4, WINDOWS, true).estimates())
        .isEqualTo(early);
  }

  @Test
  void uniformIsOverTheCatalogueInForce() throws Exception {
    CatalogueManifest second = catalogue("two", "elsewhere", SWAP, 0, 2 * ITEMS);
    double sum = 0;
    for (Feedback event : events(0)) {
      double items = event.getEventTimeMicros() < SWAP ? ITEMS : 2 * ITEMS;
      sum += event.getReward() / items * ITEMS / (WINDOWS * EVENTS);
    }
    assertThat(of(run(List.of(first, second), 1), "uniform", 0).getValue())
        .isCloseTo(sum, within(1e-9));
  }

  /** IPS of version 1, cut at the first window's end, by plain sums. */
  private double value(CatalogueManifest before, CatalogueManifest after) throws IOException {
    double sum = 0;
    List<Feedback> events = events(1);
    for (Feedback event : events) {
      ItemCatalogue items = CatalogueFile.read(event.getEventTimeMicros() < SWAP ? before : after);
      double pi = new SoftmaxPolicy(parameters, items).probability(AvroMapping.feedback(event));
      sum += pi * ITEMS * event.getReward();
    }
    return sum / events.size();
  }

  private static ValueEstimate of(List<ValueEstimate> estimates, String policy, long version) {
    return estimates.stream()
        .filter(e -> e.getPolicy().equals(policy) && e.getVersion() == version)
        .findFirst()
        .orElseThrow();
  }

  private static List<ValueEstimate> ofPolicy(List<ValueEstimate> estimates) {
    return estimates.stream().filter(e -> e.getPolicy().startsWith("policy")).toList();
  }

  private List<ValueEstimate> run(List<CatalogueManifest> manifests, int cutWindow)
      throws Exception {
    return run(null, manifests, cutWindow, 0, WINDOWS, true).estimates();
  }

  private record Part(List<ValueEstimate> estimates, OperatorSubtaskState snapshot) {}

  private Part run(
      OperatorSubtaskState state,
      List<CatalogueManifest> manifests,
      int cutWindow,
      int from,
      int to,
      boolean toTheEnd)
      throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<
            String, EvaluationInput, CatalogueManifest, ValueEstimate>
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
        long endMillis = (window + 1) * WINDOW_MICROS / 1_000;
        if (window + 1 == cutWindow) {
          harness.processElement1(
              new StreamRecord<>(
                  new EvaluationInput("policy", null, checkpoint(cutWindow), null, null, null),
                  endMillis - 1));
        }
        for (String owner : new String[] {"policy", "uniform"}) {
          FeedbackBlock block =
              new FeedbackBlock(
                  owner, endMillis * 1_000, (long) window, events(window, window + 1), List.of());
          harness.processElement1(
              new StreamRecord<>(
                  new EvaluationInput(owner, block, null, null, null, null), endMillis - 1));
        }
        harness.processBothWatermarks(new Watermark(endMillis - 1));
      }
      if (toTheEnd) {
        harness.processBothWatermarks(Watermark.MAX_WATERMARK);
      }
      return new Part(List.copyOf(harness.extractOutputValues()), harness.snapshot(1, 1));
    } finally {
      harness.close();
    }
  }

  private PolicyCheckpoint checkpoint(int cutWindow) throws IOException {
    return new PolicyCheckpointCodec("")
        .write(
            new PolicyCheckpointContent(
                "policy",
                1,
                "",
                "IPS",
                1,
                cutWindow * WINDOW_MICROS,
                "one",
                "space",
                Map.of(),
                parameters,
                new byte[0]));
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness() throws Exception {
    return EvaluatorHarness.of(
        List.of(
            new PolicyLine("policy", Kind.LEARNED, List.of("softmax", "greedy"), Map.of(), ""),
            new PolicyLine("uniform", Kind.UNIFORM, List.of(), Map.of(), "")),
        List.of("IPS"),
        0,
        0,
        WINDOW_MICROS / 1_000,
        0,
        false);
  }

  /** Items {@code from} to {@code to}; the same item has the same vector in every catalogue. */
  private CatalogueManifest catalogue(
      String version, String space, long effectiveMicros, int from, int to) throws IOException {
    float[] vectors = new float[(to - from) * DIMENSION];
    String[] ids = new String[to - from];
    for (int a = from; a < to; a++) {
      Random random = new Random(1000 + a);
      for (int l = 0; l < DIMENSION; l++) {
        vectors[(a - from) * DIMENSION + l] = (float) random.nextGaussian();
      }
      ids[a - from] = "item-" + a;
    }
    return CatalogueFile.write(
        folder.resolve(version + ".catalogue"),
        version,
        space,
        ids,
        DIMENSION,
        vectors,
        effectiveMicros);
  }

  private static List<Feedback> events(int fromWindow) {
    return events(fromWindow, WINDOWS);
  }

  private static List<Feedback> events(int fromWindow, int toWindow) {
    List<Feedback> feedback = new ArrayList<>();
    for (int window = fromWindow; window < toWindow; window++) {
      Random random = new Random(window);
      for (int i = 0; i < EVENTS; i++) {
        float[] context = {1, (float) random.nextGaussian(), (float) random.nextGaussian()};
        feedback.add(
            Feedback.newBuilder()
                .setImpressionId("%03d-%03d".formatted(window, i))
                .setEventTimeMicros(window * WINDOW_MICROS + i * 1_000L)
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
    }
    return feedback;
  }
}
