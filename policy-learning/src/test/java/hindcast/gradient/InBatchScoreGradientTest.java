package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import hindcast.testing.Logs;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InBatchScoreGradientTest {
  private static final int L = 3;
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(9, L, 5);
  private static final Context X = Context.dense(new float[] {1, -.5f});

  private static double[] theta() {
    double[] theta = new double[2 * L];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = CounterBasedRandom.gaussian(3, k);
    }
    return theta;
  }

  private static double[] direction(ScoreGradient gradient) {
    double[] v = new double[L];
    gradient.direction(v);
    return v;
  }

  private static ScoreGradient exact(int item, int[] eligible) {
    ScoreGradient exact = new ExactScoreGradient(CATALOGUE.embeddings());
    exact.fit(theta(), X, item, eligible, 0);
    return exact;
  }

  private static ScoreGradient inBatch(boolean corrected, int item, int... logged) {
    ScoreGradient gradient = new InBatchScoreGradient(CATALOGUE.embeddings(), corrected);
    gradient.begin(logged);
    gradient.fit(theta(), X, item, null, 0);
    return gradient;
  }

  private static void assertSame(double[] a, double[] b) {
    for (int l = 0; l < L; l++) {
      assertThat(a[l]).isCloseTo(b[l], within(1e-12));
    }
  }

  @Test
  void minibatchThatHoldsEachItemOnceIsExact() {
    int[] all = IntStream.range(0, 9).map(k -> (4 * k) % 9).toArray();
    for (boolean corrected : new boolean[] {false, true}) {
      ScoreGradient gradient = inBatch(corrected, 5, all);
      ScoreGradient exact = exact(5, null);
      assertThat(gradient.logProbability()).isCloseTo(exact.logProbability(), within(1e-12));
      assertThat(gradient.entropy()).isCloseTo(exact.entropy(), within(1e-12));
      assertSame(direction(gradient), direction(exact));
      double[] v = new double[L];
      double[] w = new double[L];
      assertThat(gradient.covariance(b -> b * b, v))
          .isCloseTo(exact.covariance(b -> b * b, w), within(1e-12));
      assertSame(v, w);
    }
  }

  @Test
  void itemsCountAsOftenAsTheyWereLogged() {
    ScoreGradient gradient = inBatch(false, 2, 2, 7, 7, 7, 2);
    double[] scores = {score(2), score(7)};
    double z = 2 * Math.exp(scores[0]) + 3 * Math.exp(scores[1]);
    assertThat(gradient.logProbability()).isCloseTo(scores[0] - Math.log(z), within(1e-12));
    double share = 3 * Math.exp(scores[1]) / z;
    for (int l = 0; l < L; l++) {
      double difference = CATALOGUE.embeddings().vector(2)[l] - CATALOGUE.embeddings().vector(7)[l];
      assertThat(direction(gradient)[l]).isCloseTo(share * difference, within(1e-12));
    }
  }

  @Test
  void correctionTakesPopularityOut() {
    ScoreGradient gradient = inBatch(true, 2, 2, 7, 7, 7, 2);
    assertSame(direction(gradient), direction(exact(2, new int[] {2, 7})));
    ScoreGradient later = new InBatchScoreGradient(CATALOGUE.embeddings(), true);
    later.begin(new int[] {7, 7, 7, 7, 2});
    later.begin(new int[] {2, 7});
    later.fit(theta(), X, 2, null, 0);
    double popular = Math.exp(score(7)) / (5 / 7.0);
    double rare = Math.exp(score(2)) / (2 / 7.0);
    assertThat(later.logProbability()).isCloseTo(Math.log(rare / (rare + popular)), within(1e-12));
  }

  @Test
  void itemFromElsewhereIsRefusedAndEligibleItemsAreSummedExactly() {
    assertThatThrownBy(() -> inBatch(false, 3, 1, 2))
        .hasMessage("item must be of the minibatch: 3");
    ScoreGradient gradient = new InBatchScoreGradient(CATALOGUE.embeddings(), false);
    gradient.begin(new int[] {4, 8});
    gradient.fit(theta(), X, 4, new int[] {1, 4, 6}, 0);
    assertSame(direction(gradient), direction(exact(4, new int[] {1, 4, 6})));
  }

  private static double score(int item) {
    double[] h = new double[L];
    X.project(theta(), L, h);
    return CATALOGUE.embeddings().score(item, h);
  }
}
