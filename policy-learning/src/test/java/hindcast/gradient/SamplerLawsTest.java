package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import hindcast.testing.Logs;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplerLawsTest {
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(20, 3, 8);
  private static final Context X = Context.dense(new float[] {1});
  private static final double[] THETA = {.5, -.3, .2};

  @Test
  void bothExactSamplersDrawFromTheSoftmax() {
    ExactScoreGradient exact = new ExactScoreGradient(CATALOGUE.embeddings());
    exact.fit(THETA, X, 0, null, 0);
    InverseCdfSampler sampler = new InverseCdfSampler(exact.softmax());
    double[] scores = Arrays.copyOf(exact.softmax().scores(), 20);
    String[] ids = new String[20];
    Arrays.setAll(ids, CATALOGUE::idOf);
    int n = 20_000;
    double[] inverse = new double[20];
    double[] gumbel = new double[20];
    for (int s = 0; s < n; s++) {
      inverse[sampler.draw(CounterBasedRandom.uniform(3, s))] += 1.0 / n;
      gumbel[GumbelSampler.draw(scores, ids, 4, s)] += 1.0 / n;
    }
    for (int a = 0; a < 20; a++) {
      double p = exact.softmax().probability(a);
      double deviation = 5 * Math.sqrt(p * (1 - p) / n);
      assertThat(inverse[a]).isCloseTo(p, within(deviation));
      assertThat(gumbel[a]).isCloseTo(p, within(deviation));
    }
  }

  @Property(tries = 50)
  void largestOfTheLargestOfPartsIsTheLargest(
      @ForAll long key, @ForAll @IntRange(min = 1, max = 19) int cut) {
    double[] scores = new double[20];
    double[] uniforms = new double[20];
    for (int a = 0; a < 20; a++) {
      scores[a] = CounterBasedRandom.gaussian(key, a);
      uniforms[a] = CounterBasedRandom.uniform(key, 100 + a);
    }
    int left =
        GumbelSampler.draw(
            Arrays.copyOfRange(scores, 0, cut), Arrays.copyOfRange(uniforms, 0, cut), cut);
    int right =
        cut
            + GumbelSampler.draw(
                Arrays.copyOfRange(scores, cut, 20),
                Arrays.copyOfRange(uniforms, cut, 20),
                20 - cut);
    double ofLeft = scores[left] + GumbelSampler.noise(uniforms[left]);
    double ofRight = scores[right] + GumbelSampler.noise(uniforms[right]);
    assertThat(ofLeft >= ofRight ? left : right)
        .isEqualTo(GumbelSampler.draw(scores, uniforms, 20));
    assertThat(GumbelSampler.top(scores, uniforms, 20, 3)[0])
        .isEqualTo(GumbelSampler.draw(scores, uniforms, 20));
  }

  @Test
  void covarianceIsUnbiasedAndItsPlugInIsTooSmall() {
    ExactScoreGradient exact = new ExactScoreGradient(CATALOGUE.embeddings());
    exact.fit(THETA, X, 0, null, 0);
    ItemFunction q = a -> CounterBasedRandom.uniform(9, a);
    double[] want = new double[3];
    double mean = exact.covariance(q, want);
    assertThat(mean).isBetween(0.0, 1.0);
    for (Reinforce form : Reinforce.values()) {
      double[] average = new double[3];
      double[] got = new double[3];
      InverseCdfSampler sampler = new InverseCdfSampler(exact.softmax());
      int n = 20_000;
      for (int k = 0; k < n; k++) {
        int[] draws = new int[4];
        for (int s = 0; s < 4; s++) {
          draws[s] = sampler.draw(CounterBasedRandom.uniform(CounterBasedRandom.bits(7, k), s));
        }
        form.gradient(CATALOGUE.embeddings(), q, draws, exact, got);
        for (int l = 0; l < 3; l++) {
          average[l] += got[l] / n;
        }
      }
      double factor = form == Reinforce.COV_PLUGIN ? .75 : 1;
      for (int l = 0; l < 3; l++) {
        assertThat(average[l]).as(form.name()).isCloseTo(factor * want[l], within(.012));
      }
    }
  }

  @Test
  void sameKeySameDrawsWhateverCameBefore() {
    for (String name : new String[] {"mixture", "uniform", "head-tail", "reinforce"}) {
      Map<String, Double> parameters = Map.of("samples", 7.0);
      MinibatchScoreGradient once = MinibatchScoreGradient.of(name, parameters, CATALOGUE, null);
      MinibatchScoreGradient again =
          MinibatchScoreGradient.of(
              name, parameters, CATALOGUE, new CatalogueIndexes(CATALOGUE.embeddings()));
      fit(again, 1, 99);
      fit(once, 5, 42);
      SoftmaxStatistics one = fit(once, 5, 42);
      SoftmaxStatistics other = fit(again, 5, 42);
      double[] a = new double[3];
      double[] b = new double[3];
      one.direction(a);
      other.direction(b);
      assertThat(b).containsExactly(a);
      assertThat(other.logZ()).isEqualTo(one.logZ());
      assertThat(one.logProbability()).isLessThanOrEqualTo(0);
    }
  }

  private static SoftmaxStatistics fit(MinibatchScoreGradient gradient, int item, long key) {
    gradient.fit(THETA, MinibatchContexts.single(X, item, null, key));
    return gradient.at(0);
  }

  @Property(tries = 50)
  void partsOfAGradientMergeInAnyGrouping(@ForAll long seed) {
    GradientSum whole = new GradientSum(2);
    GradientSum left = new GradientSum(2);
    GradientSum right = new GradientSum(2);
    for (int k = 0; k < 6; k++) {
      double[] part = {
        CounterBasedRandom.gaussian(seed, 2L * k), CounterBasedRandom.gaussian(seed, 2L * k + 1)
      };
      long events = 1L + CounterBasedRandom.below(seed, 50 + k, 9);
      whole.add(part, k, events);
      (CounterBasedRandom.below(seed, 90 + k, 2) == 0 ? left : right).add(part, k, events);
    }
    right.merge(left);
    assertThat(right.count()).isEqualTo(whole.count());
    assertThat(right.meanValue()).isCloseTo(whole.meanValue(), within(1e-12));
    assertThat(right.meanGradient()[0]).isCloseTo(whole.meanGradient()[0], within(1e-12));
    assertThat(right.meanGradient()[1]).isCloseTo(whole.meanGradient()[1], within(1e-12));
  }

  @Test
  void uniformNumbersAreUniformAndKeysDiffer() {
    double sum = 0;
    double squares = 0;
    int n = 100_000;
    for (int k = 0; k < n; k++) {
      double u = CounterBasedRandom.uniform(17, k);
      assertThat(u).isGreaterThan(0).isLessThan(1);
      sum += u / n;
      squares += u * u / n;
    }
    assertThat(sum).isCloseTo(.5, within(.005));
    assertThat(squares).isCloseTo(1 / 3.0, within(.005));
    long key = CounterBasedRandom.key(1, "p", 2, "i");
    assertThat(CounterBasedRandom.key(1, "p", 2, "i")).isEqualTo(key);
    assertThat(CounterBasedRandom.key(2, "p", 2, "i")).isNotEqualTo(key);
    assertThat(CounterBasedRandom.key(1, "p", 3, "i")).isNotEqualTo(key);
    assertThat(CounterBasedRandom.key(1, "pi", 2, "")).isNotEqualTo(key);
  }

  @Test
  void namesAndParametersAreChecked() {
    assertThatThrownBy(() -> MinibatchScoreGradient.requireKnown("guess", Map.of()))
        .hasMessageContaining("reinforce, top-k-tail, uniform]: guess");
    assertThatThrownBy(() -> MinibatchScoreGradient.requireKnown("exact", Map.of("topK", 3.0)))
        .hasMessageContaining("topK");
    assertThatThrownBy(() -> MinibatchScoreGradient.requireKnown("mixture", Map.of("epsilon", 0.0)))
        .hasMessage("epsilon must be in (0, 1]: 0.0");
  }
}
