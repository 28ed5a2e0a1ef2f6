package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the softmax in double precision, one event at a time. */
class ExactMinibatchGradientTest {
  private static final int D = 5;

  /** Items, parameters and events in which everything is drawn. */
  private static final class Setting {
    final int size;
    final int dimension;
    final int n;
    final float[] rows;
    final double[] theta;
    final Context[] contexts;
    final int[] items;
    final int[][] eligible;
    final int[][] support;

    /** Scores have about this deviation. */
    Setting(int size, int dimension, int n, double deviation) {
      this.size = size;
      this.dimension = dimension;
      this.n = n;
      rows = new float[size * dimension];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = (float) CounterBasedRandom.gaussian(1, k);
      }
      theta = new double[D * dimension];
      for (int k = 0; k < theta.length; k++) {
        theta[k] = deviation / Math.sqrt(D * dimension) * CounterBasedRandom.gaussian(2, k);
      }
      contexts = new Context[n];
      items = new int[n];
      eligible = new int[n][];
      support = new int[n][];
      for (int i = 0; i < n; i++) {
        float[] x = new float[D];
        for (int k = 0; k < D; k++) {
          x[k] = (float) CounterBasedRandom.gaussian(3, i * D + k);
        }
        contexts[i] = Context.dense(x);
        items[i] = CounterBasedRandom.below(4, i, size);
        support[i] = i % 2 == 0 ? null : new int[] {items[i]};
      }
    }

    PackedEmbeddings packed() {
      return PackedEmbeddings.ofRows(rows, size, dimension);
    }

    Float64Embeddings reference() {
      double[] exact = new double[rows.length];
      for (int k = 0; k < rows.length; k++) {
        exact[k] = rows[k];
      }
      return new Float64Embeddings(exact, size, dimension);
    }

    MinibatchContexts minibatch() {
      return MinibatchContexts.of(n, contexts, items, eligible, support, new long[n]);
    }
  }

  private static double norm(double[] v) {
    return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
  }

  private static double distance(double[] u, double[] v) {
    return norm(IntStream.range(0, u.length).mapToDouble(k -> u[k] - v[k]).toArray());
  }

  private static ItemFunction sparse(int[] support) {
    return ItemFunction.within(
        support, b -> Arrays.stream(support).anyMatch(s -> s == b) ? 0.7 : 0);
  }

  private static double dense(int item) {
    return CounterBasedRandom.uniform(9, item);
  }

  private static void requireSameGradients(Setting setting) {
    ExactMinibatchGradient minibatch = new ExactMinibatchGradient(setting.packed());
    ExactScoreGradient exact = new ExactScoreGradient(setting.reference());
    float[] values = new float[setting.size];
    for (int a = 0; a < setting.size; a++) {
      values[a] = (float) dense(a);
    }
    ItemFunction shared = ItemFunction.shared(values);
    // Θ gradients of the whole minibatch: score, sparse, dense and shared covariance
    double[][] got = new double[4][D * setting.dimension];
    double[][] want = new double[4][D * setting.dimension];
    double[] v = new double[setting.dimension];
    minibatch.fit(setting.theta, setting.minibatch());
    for (int i = 0; i < setting.n; i++) {
      Context x = setting.contexts[i];
      exact.fit(setting.theta, x, setting.items[i], setting.eligible[i], 0);
      SoftmaxStatistics event = minibatch.at(i);
      double scale = 1 + Math.abs(exact.logZ());
      assertThat(event.logZ()).isCloseTo(exact.logZ(), within(1e-6 * scale));
      double tolerance = 1e-6 * (scale + Math.abs(exact.logProbability()));
      assertThat(event.logProbability()).isCloseTo(exact.logProbability(), within(tolerance));
      assertThat(event.entropy()).isCloseTo(exact.entropy(), within(3e-6 * scale));
      int[] support = {setting.items[i], setting.size - 1};
      ItemFunction rewarded = sparse(Arrays.stream(support).distinct().toArray());
      event.direction(v);
      x.addOuter(1, v, got[0]);
      exact.direction(v);
      x.addOuter(1, v, want[0]);
      double mean = event.covariance(rewarded, v);
      x.addOuter(1, v, got[1]);
      assertThat(mean).isCloseTo(exact.covariance(rewarded, v), within(1e-5 * mean + 1e-15));
      x.addOuter(1, v, want[1]);
      mean = event.covariance(ExactMinibatchGradientTest::dense, v);
      x.addOuter(1, v, got[2]);
      assertThat(exact.covariance(ExactMinibatchGradientTest::dense, v))
          .isCloseTo(mean, within(1e-5 * mean));
      x.addOuter(1, v, want[2]);
      mean = event.covariance(shared, v);
      x.addOuter(1, v, got[3]);
      assertThat(exact.covariance(shared, v)).isCloseTo(mean, within(1e-5 * mean));
      x.addOuter(1, v, want[3]);
    }
    for (int form = 0; form < 4; form++) {
      assertThat(distance(got[form], want[form]))
          .isLessThanOrEqualTo(1e-5 * norm(want[form]) + 1e-14);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 4, 1",
    "7, 8, 31, 1",
    "16, 8, 32, 2",
    "17, 5, 33, 2",
    "100, 24, 1, .1",
    "300, 24, 70, 3"
  })
  void gradientsAreThoseOfDoublePrecision(int size, int dimension, int n, double deviation) {
    requireSameGradients(new Setting(size, dimension, n, deviation));
  }

  @Test
  void catalogueOfManyChunks() {
    requireSameGradients(new Setting(7001, 24, 33, 2));
  }

  @Test
  void scoresOfTenThousand() {
    requireSameGradients(new Setting(2500, 16, 40, 4000));
  }

  @Test
  void eventsWithEligibleItemsBesideOthers() {
    Setting setting = new Setting(200, 8, 40, 2);
    for (int i = 0; i < setting.n; i += 3) {
      int logged = setting.items[i];
      setting.eligible[i] = IntStream.of(3, 50, logged, 199).sorted().distinct().toArray();
    }
    requireSameGradients(setting);
  }

  /** β_a − β̄ of a nearly certain item is not what rounding leaves of two equal vectors. */
  @Test
  void nearlyCertainItemKeepsItsDirection() {
    Setting setting = new Setting(3000, 8, 20, 20);
    Float64Embeddings reference = setting.reference();
    ExactScoreGradient exact = new ExactScoreGradient(reference);
    double[] want = new double[8];
    for (int i = 0; i < setting.n; i++) {
      exact.fit(setting.theta, setting.contexts[i], 0, null, 0);
      setting.items[i] = exact.softmax().best();
    }
    ExactMinibatchGradient minibatch = new ExactMinibatchGradient(setting.packed());
    minibatch.fit(setting.theta, setting.minibatch());
    double smallest = 1;
    for (int i = 0; i < setting.n; i++) {
      exact.fit(setting.theta, setting.contexts[i], setting.items[i], null, 0);
      exact.direction(want);
      double[] got = new double[8];
      minibatch.at(i).direction(got);
      assertThat(distance(got, want)).isLessThan(1e-4 * norm(want) + 1e-14);
      smallest = Math.min(smallest, norm(want));
    }
    assertThat(smallest).isLessThan(1e-3);
  }

  @Test
  void nextMinibatchForgetsTheLast() {
    Setting setting = new Setting(500, 8, 40, 2);
    ExactMinibatchGradient used = new ExactMinibatchGradient(setting.packed());
    used.fit(setting.theta, setting.minibatch());
    Setting smaller = new Setting(500, 8, 3, 1);
    used.fit(smaller.theta, smaller.minibatch());
    ExactMinibatchGradient fresh = new ExactMinibatchGradient(setting.packed());
    fresh.fit(smaller.theta, smaller.minibatch());
    double[] got = new double[8];
    double[] want = new double[8];
    used.at(1).direction(got);
    fresh.at(1).direction(want);
    assertThat(got).isEqualTo(want);
    assertThat(used.report().minibatches()).isEqualTo(2);
    assertThat(used.report().events()).isEqualTo(43);
  }

  @Test
  void eventsWithManyRewardedItems() {
    Setting setting = new Setting(200, 8, 40, 2);
    for (int i = 0; i < setting.n; i++) {
      setting.support[i] = IntStream.range(0, 5 + 3 * i).toArray();
    }
    requireSameGradients(setting);
  }

  @Test
  void overflowHasAName() {
    Setting setting = new Setting(40, 4, 2, 1e39);
    ExactMinibatchGradient gradient = new ExactMinibatchGradient(setting.packed());
    gradient.fit(setting.theta, setting.minibatch());
    assertThatThrownBy(() -> gradient.at(0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("scores must be finite in single precision");
  }
}
