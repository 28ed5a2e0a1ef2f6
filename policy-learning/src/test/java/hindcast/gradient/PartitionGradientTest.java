package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionGradientTest {
  private static final int L = Catalogues.L;
  private static final ItemFunction DENSE = a -> CounterBasedRandom.uniform(41, a);

  private static PartitionIndex partition(PackedEmbeddings items) {
    return PartitionIndex.builder(items).build();
  }

  static Stream<String> shapes() {
    return Stream.of(Catalogues.SHAPES);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void enumeratingEverythingIsExact(String shape) {
    for (int size : new int[] {1, 5, 40, 500}) {
      PackedEmbeddings items = Catalogues.of(shape, size, L);
      same(items, new PartitionGradient(partition(items), new PartitionForm(size, 1)), 40);
      same(items, new TopKTailGradient(items, new ExactIndex(items), size, 1), 40);
      same(items, new TopKTailGradient(items, new ExactIndex(items), 1, size + 7), 40);
      same(items, new TopKTailGradient(items, new ExactIndex(items), size + 7, 3), 40);
    }
  }

  private static void same(PackedEmbeddings items, MinibatchScoreGradient gradient, int events) {
    double[] theta = Catalogues.theta(1, L);
    MinibatchContexts minibatch = Catalogues.minibatch(events, items.size(), 1);
    gradient.fit(theta, minibatch);
    EventByEvent exact = new EventByEvent("exact", new ExactScoreGradient(items));
    exact.fit(theta, minibatch);
    double[] got = new double[L];
    double[] want = new double[L];
    for (int i = 0; i < events; i++) {
      SoftmaxStatistics mine = gradient.at(i);
      SoftmaxStatistics other = exact.at(i);
      assertThat(mine.logZ()).isCloseTo(other.logZ(), within(2e-5));
      assertThat(mine.logProbability()).isCloseTo(other.logProbability(), within(5e-5));
      assertThat(mine.entropy()).isCloseTo(other.entropy(), within(2e-4));
      mine.direction(got);
      other.direction(want);
      assertThat(got).containsExactly(want, within(2e-4));
      assertThat(mine.covariance(DENSE, got))
          .isCloseTo(other.covariance(DENSE, want), within(2e-5));
      assertThat(got).containsExactly(want, within(2e-4));
      int item = minibatch.items()[i];
      ItemFunction sparse = ItemFunction.within(new int[] {item}, a -> a == item ? 2 : 0);
      assertThat(mine.covariance(sparse, got))
          .isCloseTo(other.covariance(sparse, want), within(5e-5));
      assertThat(got).containsExactly(want, within(4e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sharedFunctionIsSummedOverTheSameItemsForAllEventsAsForOne(String shape) {
    for (int size : new int[] {1, 40, 3000}) {
      PackedEmbeddings items = Catalogues.of(shape, size, L);
      PartitionGradient gradient =
          new PartitionGradient(partition(items), new PartitionForm(50, 256));
      gradient.fit(Catalogues.theta(1, L), Catalogues.minibatch(40, size, 3));
      ItemFunction shared = ItemFunction.shared(values(size, 41));
      ItemFunction other = ItemFunction.shared(values(size, 42));
      double[] got = new double[L];
      double[] want = new double[L];
      for (int i = 0; i < 40; i++) {
        for (ItemFunction q : new ItemFunction[] {shared, other}) {
          double mean = gradient.at(i).covariance(ItemFunction.within(null, q), want);
          assertThat(gradient.at(i).covariance(q, got)).isCloseTo(mean, within(2e-6));
          assertThat(got).containsExactly(want, within(2e-5));
        }
      }
    }
  }

  private static float[] values(int size, long key) {
    float[] values = new float[size];
    for (int a = 0; a < size; a++) {
      values[a] = (float) CounterBasedRandom.uniform(key, a);
    }
    return values;
  }

  @Test
  void missedTopItemThatWasLoggedCannotHaveAProbabilityAboveOne() {
    PackedEmbeddings items = Catalogues.of("isotropic", 3000, L);
    PartitionIndex partition = PartitionIndex.builder(items).headSize(0).build();
    double[] theta = Catalogues.theta(15, L);
    Context x = Context.dense(new float[] {1, -.5f, .3f});
    ExactScoreGradient exact = new ExactScoreGradient(items);
    exact.fit(theta, x, 0, null, 0);
    int best = exact.softmax().best();
    exact.fit(theta, x, best, null, 0);
    PartitionGradient gradient = new PartitionGradient(partition, new PartitionForm(0, 64));
    for (int key = 0; key < 50; key++) {
      gradient.fit(theta, MinibatchContexts.single(x, best, null, key));
      assertThat(gradient.at(0).logZ())
          .isGreaterThanOrEqualTo(items.score(best, latent(exact)) - 1e-5);
      assertThat(gradient.at(0).logProbability()).isLessThanOrEqualTo(0);
    }
  }

  private static double[] latent(ExactScoreGradient exact) {
    return exact.softmax().latent();
  }

  @Test
  void tailOfAPeakedContextIsNotLostInOneRunningSum() {
    int size = 100_000;
    float[] rows = new float[size * 2];
    rows[0] = 8;
    for (int a = 1; a < size; a++) {
      rows[2 * a + 1] = a * 1e-9f;
    }
    PackedEmbeddings items = PackedEmbeddings.ofRows(rows, size, 2);
    PartitionIndex partition = PartitionIndex.builder(items).clusters(64).headSize(16).build();
    PartitionGradient gradient = new PartitionGradient(partition, new PartitionForm(size, 1));
    double[] theta = {2, 0};
    gradient.fit(theta, MinibatchContexts.single(Context.dense(new float[] {1}), 0, null, 1));
    double want = Math.log(Math.exp(16) + size - 1);
    assertThat(gradient.at(0).logZ()).isCloseTo(want, within(1e-8 * want));
  }

  @Test
  void scoresFarBelowTheLargestCountAsZeroAndNothingIsNaN() {
    PackedEmbeddings items = Catalogues.of("clustered", 700, L);
    PartitionGradient gradient = new PartitionGradient(partition(items), new PartitionForm(50, 64));
    double[] out = new double[L];
    for (double sharpness : new double[] {0, 100, 1e4, 1e6}) {
      gradient.fit(Catalogues.theta(sharpness, L), Catalogues.minibatch(3, 700, 5));
      for (int i = 0; i < 3; i++) {
        SoftmaxStatistics softmax = gradient.at(i);
        softmax.direction(out);
        assertThat(softmax.logZ()).isFinite();
        assertThat(softmax.logProbability()).isLessThanOrEqualTo(0).isNotNaN();
        assertThat(softmax.entropy()).isFinite().isGreaterThanOrEqualTo(0);
        assertThat(softmax.covariance(DENSE, out)).isFinite();
        assertThat(out).doesNotContain(Double.NaN);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "top-k-tail", "auto", "mixture", "uniform"})
  void drawsAreAFunctionOfTheKeys(String name) {
    ItemCatalogue catalogue = catalogue(Catalogues.of("clustered", 700, L));
    CatalogueIndexes indexes = new CatalogueIndexes(catalogue.embeddings());
    MinibatchScoreGradient once = MinibatchScoreGradient.of(name, Map.of(), catalogue, indexes);
    MinibatchScoreGradient again = MinibatchScoreGradient.of(name, Map.of(), catalogue, null);
    double[] theta = Catalogues.theta(1, L);
    again.fit(theta, Catalogues.minibatch(70, 700, 9));
    once.fit(theta, Catalogues.minibatch(40, 700, 3));
    again.fit(theta, Catalogues.minibatch(40, 700, 3));
    double[] a = new double[L];
    double[] b = new double[L];
    for (int i = 0; i < 40; i++) {
      once.at(i).direction(a);
      again.at(i).direction(b);
      assertThat(b).containsExactly(a);
    }
  }

  private static ItemCatalogue catalogue(PackedEmbeddings items) {
    String[] ids = IntStream.range(0, items.size()).mapToObj(a -> "i" + a).toArray(String[]::new);
    return new ItemCatalogue("1", "test", ids, items);
  }

  @Test
  void eligibleItemsAreSummedExactly() {
    PackedEmbeddings items = Catalogues.of("clustered", 700, L);
    Context x = Context.dense(new float[] {1, -.5f, .3f});
    double[] theta = Catalogues.theta(1, L);
    int[] eligible = {3, 50, 51, 600};
    ExactScoreGradient exact = new ExactScoreGradient(items);
    exact.fit(theta, x, 50, eligible, 0);
    for (MinibatchScoreGradient gradient :
        new MinibatchScoreGradient[] {
          new PartitionGradient(partition(items), PartitionForm.FAST),
          new TopKTailGradient(items, new ExactIndex(items), 5, 5)
        }) {
      gradient.fit(theta, MinibatchContexts.single(x, 50, eligible, 7));
      assertThat(gradient.at(0).logProbability()).isCloseTo(exact.logProbability(), within(1e-6));
    }
  }

  @Test
  void parametersAreChecked() {
    assertThatThrownBy(() -> new PartitionForm(-1, 5)).hasMessageContaining("-1, 5");
    assertThatThrownBy(() -> MinibatchScoreGradient.requireKnown("partition", Map.of("draws", .5)))
        .hasMessage("draws must be a whole number of at least 1: 0.5");
    assertThatThrownBy(() -> MinibatchScoreGradient.requireKnown("auto", Map.of("budget", 5.0)))
        .hasMessage("gradient auto takes [auditEvery]: [budget]");
    assertThatThrownBy(
            () -> MinibatchScoreGradient.requireKnown("top-k-tail", Map.of("index", 3.0)))
        .hasMessage("index must be 0 (exact), 1 (HNSW) or 2 (partition): 3.0");
    assertThatThrownBy(() -> MinibatchScoreGradient.requireKnown("mixture", Map.of("logged", 2.0)))
        .hasMessage("logged must be 0 or 1: 2.0");
  }
}
