package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import hindcast.testing.Logs;
import hindcast.testing.Quality;
import org.junit.jupiter.api.Test;

/** P = 2000, K = 64, ε = .8: bias and spread of the sampled gradients. */
class SampledGradientQualityTest {
  private static final int P = 2000;
  private static final int L = 8;
  private static final int K = 64;
  private static final ItemEmbeddings ITEMS = Logs.catalogue(P, L, 5).embeddings();
  private static final Context X = Context.dense(new float[] {1, -.5f});
  private static final double[] THETA = theta();

  private static double[] theta() {
    double[] theta = new double[2 * L];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = .5 * CounterBasedRandom.gaussian(9, k);
    }
    return theta;
  }

  private static double reward(int item) {
    return CounterBasedRandom.uniform(77, item);
  }

  @Test
  void meanOfTheCovarianceIsTheExactOne() {
    ExactScoreGradient exact = new ExactScoreGradient(ITEMS);
    exact.fit(THETA, X, 0, null, 0);
    double[] want = new double[L];
    exact.covariance(SampledGradientQualityTest::reward, want);
    MixtureProposal proposal = new MixtureProposal(ITEMS, new ExactIndex(ITEMS), K, 800, .8);
    double[] h = exact.softmax().latent();
    proposal.fit(h);
    WeightedItems sample = new WeightedItems(ITEMS);
    int seeds = Quality.size(1000, 2000);
    double[] mean = new double[L];
    double[] got = new double[L];
    for (int seed = 0; seed < seeds; seed++) {
      sample.clear();
      for (int s = 0; s < 800; s++) {
        int a = proposal.draw(CounterBasedRandom.key(seed, "", 0, ""), s);
        double f = ITEMS.score(a, h);
        sample.add(a, f, f - Math.log(proposal.probability(a)) - Math.log(800));
      }
      sample.normalise();
      sample.covariance(SampledGradientQualityTest::reward, got);
      for (int l = 0; l < L; l++) {
        mean[l] += got[l] / seeds;
      }
    }
    assertThat(distance(mean, want)).isLessThan(.05 * norm(want));
  }

  @Test
  void loggedItemCountedExactlyHasAFifthOfTheSpread() {
    ExactIndex index = new ExactIndex(ITEMS);
    MixtureProposal proposal = new MixtureProposal(ITEMS, index, K, 200, .8);
    MixtureScoreGradient loggedExactly = new MixtureScoreGradient(ITEMS, proposal);
    HeadTailScoreGradient headTail = new HeadTailScoreGradient(ITEMS, index, K, 200);
    int rare = rareItem();
    double naive = relativeSpread(rare, new Naive(proposal));
    double exactly = relativeSpread(rare, logged(loggedExactly));
    double raoBlackwell = relativeSpread(rare, logged(headTail));
    assertThat(exactly).isLessThan(naive / 5);
    assertThat(raoBlackwell).isLessThan(exactly);
  }

  @Test
  void meanOfZIsZ() {
    ExactScoreGradient exact = new ExactScoreGradient(ITEMS);
    exact.fit(THETA, X, 3, null, 0);
    HeadTailScoreGradient headTail =
        new HeadTailScoreGradient(ITEMS, new ExactIndex(ITEMS), K, 100);
    double sum = 0;
    int seeds = Quality.size(500, 2000);
    for (int seed = 0; seed < seeds; seed++) {
      headTail.fit(THETA, X, 3, null, CounterBasedRandom.key(seed, "z", 0, ""));
      sum += Math.exp(headTail.logZ() - exact.logZ()) / seeds;
    }
    assertThat(sum).isBetween(.98, 1.02);
  }

  /** One draw of the latent gradient of a reward seen at one item only. */
  private interface Estimator {
    void draw(int item, long key, double[] out);
  }

  private static Estimator logged(ScoreGradient gradient) {
    return (item, key, out) -> {
      gradient.fit(THETA, X, item, null, key);
      gradient.direction(out);
      double probability = Math.exp(gradient.logProbability());
      for (int l = 0; l < L; l++) {
        out[l] *= probability;
      }
    };
  }

  /** Algorithm 1 as printed: the covariance of a reward that is zero nearly everywhere. */
  private record Naive(MixtureProposal proposal) implements Estimator {
    @Override
    public void draw(int item, long key, double[] out) {
      double[] h = new double[L];
      X.project(THETA, L, h);
      proposal.fit(h);
      WeightedItems sample = new WeightedItems(ITEMS);
      for (int s = 0; s < proposal.samples(); s++) {
        int a = proposal.draw(key, s);
        double f = ITEMS.score(a, h);
        sample.add(a, f, f - Math.log(proposal.probability(a)));
      }
      sample.normalise();
      sample.covariance(a -> a == item ? 1 : 0, out);
    }
  }

  private static int rareItem() {
    ExactScoreGradient exact = new ExactScoreGradient(ITEMS);
    exact.fit(THETA, X, 0, null, 0);
    int[] order = new int[P];
    ExactIndex.select(exact.softmax().scores(), P, P, order);
    return order[P / 4];
  }

  private static double relativeSpread(int item, Estimator estimator) {
    ExactScoreGradient exact = new ExactScoreGradient(ITEMS);
    double[] want = new double[L];
    logged(exact).draw(item, 0, want);
    double[] got = new double[L];
    double squares = 0;
    int seeds = Quality.size(300, 2000);
    for (int seed = 0; seed < seeds; seed++) {
      estimator.draw(item, CounterBasedRandom.key(seed, "spread", 0, ""), got);
      double distance = distance(got, want);
      squares += distance * distance / seeds;
    }
    return Math.sqrt(squares) / norm(want);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int l = 0; l < L; l++) {
      sum += (a[l] - b[l]) * (a[l] - b[l]);
    }
    return Math.sqrt(sum);
  }

  private static double norm(double[] a) {
    return distance(a, new double[L]);
  }
}
