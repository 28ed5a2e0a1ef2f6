package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.numeric.CounterBasedRandom;
import hindcast.testing.Quality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ẑ, the sum of e^f β and the sum of e^f q are unbiased in every coordinate, whatever the catalogue
 * looks like; the bias of their ratio falls as 1/N. 10,000 repetitions with {@code -Pquality}.
 */
class SharedTailQualityTest {
  private static final int EVENTS = 5;
  private static final int L = Catalogues.L;
  private static final double ROUNDING = 2e-5;

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    int[] sizes =
        Quality.size(0, 1) == 0 ? new int[] {1, 40, 700} : new int[] {1, 5, 40, 700, 3000};
    for (int size : sizes) {
      for (String shape : Catalogues.SHAPES) {
        cases.add(Arguments.of(shape, size));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumsAreUnbiased(String shape, int size) {
    PackedEmbeddings items = Catalogues.of(shape, size, L);
    PartitionForm few = new PartitionForm(size / 20, Math.max(1, size / 10));
    unbiased(items, new PartitionGradient(PartitionIndex.builder(items).build(), few));
    unbiased(
        items,
        new TopKTailGradient(
            items, new ExactIndex(items), Math.max(1, size / 20), Math.max(1, size / 10)));
  }

  private static void unbiased(PackedEmbeddings items, MinibatchScoreGradient gradient) {
    int repetitions = Quality.size(200, 10_000);
    int coordinates = L + 2;
    double[][] sums = new double[EVENTS * coordinates][2];
    double[] theta = Catalogues.theta(.7, L);
    double[][] exact = exact(items, theta);
    double[] out = new double[L];
    ItemFunction q = a -> CounterBasedRandom.uniform(41, a);
    for (int r = 0; r < repetitions; r++) {
      MinibatchContexts minibatch = Catalogues.minibatch(EVENTS, items.size(), r);
      gradient.fit(theta, minibatch);
      for (int i = 0; i < EVENTS; i++) {
        SoftmaxStatistics softmax = gradient.at(i);
        double z = Math.exp(softmax.logZ() - exact[i][0]);
        add(sums[i * coordinates], z - 1);
        softmax.direction(out);
        double[] logged = items.vector(minibatch.items()[i]);
        for (int l = 0; l < L; l++) {
          add(sums[i * coordinates + 1 + l], z * (logged[l] - out[l]) - exact[i][1 + l]);
        }
        if (r % 8 == 0) {
          add(sums[i * coordinates + 1 + L], z * softmax.covariance(q, out) - exact[i][1 + L]);
        }
      }
    }
    for (int k = 0; k < sums.length; k++) {
      int n = k % coordinates == L + 1 ? (repetitions + 7) / 8 : repetitions;
      double mean = sums[k][0] / n;
      double error = Math.sqrt(Math.max(0, sums[k][1] / n - mean * mean) / n);
      assertThat(Math.abs(mean)).as("coordinate %d", k).isLessThan(5 * error + ROUNDING);
    }
  }

  /** ln Z, β̄ and E[q] of each event. */
  private static double[][] exact(PackedEmbeddings items, double[] theta) {
    double[][] exact = new double[EVENTS][L + 2];
    MinibatchContexts minibatch = Catalogues.minibatch(EVENTS, items.size(), 0);
    ExactScoreGradient gradient = new ExactScoreGradient(items);
    double[] out = new double[L];
    for (int i = 0; i < EVENTS; i++) {
      int item = minibatch.items()[i];
      gradient.fit(theta, minibatch.contexts()[i], item, null, 0);
      exact[i][0] = gradient.logZ();
      gradient.direction(out);
      for (int l = 0; l < L; l++) {
        exact[i][1 + l] = items.vector(item)[l] - out[l];
      }
      exact[i][1 + L] = gradient.covariance(a -> CounterBasedRandom.uniform(41, a), out);
    }
    return exact;
  }

  private static void add(double[] sums, double value) {
    sums[0] += value;
    sums[1] += value * value;
  }

  @org.junit.jupiter.api.Test
  void biasOfTheRatioFallsWithTheDraws() {
    PackedEmbeddings items = Catalogues.of("isotropic", 3000, L);
    PartitionIndex partition = PartitionIndex.builder(items).headSize(0).build();
    double few = bias(items, new PartitionGradient(partition, new PartitionForm(0, 32)));
    double many = bias(items, new PartitionGradient(partition, new PartitionForm(0, 320)));
    assertThat(few).isPositive();
    assertThat(many).isLessThan(few / 5);
  }

  /** Mean of Z/Ẑ − 1: above 0 by Var(Ẑ)/Z² (Jensen). */
  private static double bias(PackedEmbeddings items, MinibatchScoreGradient gradient) {
    int repetitions = Quality.size(1000, 10_000);
    double[] theta = Catalogues.theta(1, L);
    double[][] exact = exact(items, theta);
    double bias = 0;
    for (int r = 0; r < repetitions; r++) {
      gradient.fit(theta, Catalogues.minibatch(EVENTS, items.size(), r));
      for (int i = 0; i < EVENTS; i++) {
        bias += Math.expm1(exact[i][0] - gradient.at(i).logZ()) / repetitions / EVENTS;
      }
    }
    return bias;
  }
}
