package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.gradient.MixtureScoreGradient.Exactly;
import hindcast.testing.Quality;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A policy sharpens while its gradient is watched: at no stage, and on no kind of vectors, is the
 * bias above that of the paper's mixture with exact support by more than 3 standard errors. The
 * square of a bias is the mean product of two independent errors.
 */
class WatchedGradientQualityTest {
  private static final int P = Quality.size(6_000, 12_000);
  private static final int L = 16;
  private static final int EVENTS = 12;
  private static final int STEPS = 60;

  @ParameterizedTest
  @MethodSource("hindcast.gradient.Catalogues#all")
  void biasStaysBelowThePapers(String shape) throws IOException {
    PackedEmbeddings items = Catalogues.of(shape, P, L);
    PartitionIndex partition = PartitionIndex.builder(items).build();
    WatchedGradient watched = new WatchedGradient(partition, null, 10);
    EventByEvent paper =
        new EventByEvent(
            "mixture",
            new MixtureScoreGradient(
                items,
                new MixtureProposal(items, new ExactIndex(items), 256, 1000, .8),
                Exactly.SUPPORT));
    for (int step = 0; step <= STEPS; step++) {
      double[] theta = Catalogues.theta(.05 * step, L);
      if (step % 20 == 0 && step > 0) {
        compare(items, watched, paper, theta);
      }
      watched.fit(theta, Catalogues.minibatch(32, P, step));
    }
  }

  private static void compare(
      PackedEmbeddings items, WatchedGradient watched, EventByEvent paper, double[] theta)
      throws IOException {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    watched.write(new DataOutputStream(state));
    double[] exact = numbers(new EventByEvent("exact", new ExactScoreGradient(items)), theta, 0);
    double[] mine = new double[2];
    double[] other = new double[2];
    int pairs = Quality.size(8, 200);
    for (int pair = 0; pair < pairs; pair++) {
      double[][] error = new double[4][];
      for (int k = 0; k < 2; k++) {
        watched.read(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
        error[k] = minus(numbers(watched, theta, 1000 + 2 * pair + k), exact);
        error[2 + k] = minus(numbers(paper, theta, 1000 + 2 * pair + k), exact);
      }
      add(mine, product(error[0], error[1]));
      add(other, product(error[2], error[3]));
    }
    watched.read(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
    double standardError = Math.hypot(standardError(mine, pairs), standardError(other, pairs));
    assertThat(mine[0] / pairs)
        .as("squared bias of %s", watched.report())
        .isLessThanOrEqualTo(other[0] / pairs + 3 * standardError + 1e-10);
  }

  /** The score direction of each event, and π times it. */
  private static double[] numbers(MinibatchScoreGradient gradient, double[] theta, long key) {
    gradient.fit(theta, Catalogues.minibatch(EVENTS, P, key));
    double[] numbers = new double[2 * EVENTS * L];
    double[] out = new double[L];
    for (int i = 0; i < EVENTS; i++) {
      SoftmaxStatistics softmax = gradient.at(i);
      softmax.direction(out);
      double probability = Math.exp(softmax.logProbability());
      for (int l = 0; l < L; l++) {
        numbers[2 * i * L + l] = out[l];
        numbers[(2 * i + 1) * L + l] = probability * out[l];
      }
    }
    return numbers;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int k = 0; k < a.length; k++) {
      out[k] = a[k] - b[k];
    }
    return out;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void add(double[] sums, double value) {
    sums[0] += value;
    sums[1] += value * value;
  }

  private static double standardError(double[] sums, int n) {
    double mean = sums[0] / n;
    return Math.sqrt(Math.max(0, sums[1] / n - mean * mean) / (n - 1));
  }
}
