package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.feedback.Context;
import hindcast.testing.ExactContexts;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 06: the mixture proposal, its weights, and gradients for given draws. */
class SampledGradientGoldenTest {

  static Stream<Golden> cases() {
    return Golden.cases("06_snis");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sampled(Golden golden) {
    golden.required();
    double[][] theta = golden.matrix("/inputs/theta");
    ItemEmbeddings items = Problem.embeddings(golden.matrix("/inputs/beta"));
    Context x = ExactContexts.split(golden.vector("/inputs/x"));
    double epsilon = golden.number("/inputs/eps");
    int[] topK = golden.integers("/inputs/topk");
    int[] draws = golden.integers("/inputs/sampled_actions");
    double[] rhat = golden.vector("/inputs/rhat");
    int logged = golden.at("/inputs/logged_action").asInt();
    double reward = golden.number("/inputs/ips_reward");
    int latent = items.dimension();
    double[] h = new double[latent];
    x.project(ExactContexts.repeat(theta), latent, h);
    double[] out = new double[latent];

    ExactScoreGradient exact = new ExactScoreGradient(items);
    exact.fit(ExactContexts.repeat(theta), x, logged, null, 0);
    golden.check("/expected/logZ_exact", exact.logZ());
    exact.covariance(a -> rhat[a], out);
    golden.check("/expected/exact_grad_latent", out);
    golden.check("/expected/exact_grad", outer(x, out, theta.length));
    exact.direction(out);
    golden.check("/expected/logged/exact_pwll_grad_latent", out);
    double exactProbability = Math.exp(exact.logProbability());
    golden.check("/expected/logged/exact_ips_grad_latent", scaled(reward * exactProbability, out));

    MixtureProposal proposal =
        new MixtureProposal(items, fixed(topK), topK.length, draws.length, epsilon);
    proposal.fit(h);
    golden.check(
        "/expected/q",
        IntStream.range(0, items.size())
            .mapToDouble(a -> proposal.probability(a, epsilon))
            .toArray());

    double logSamples = Math.log(draws.length);
    WeightedItems sample = new WeightedItems(items);
    for (int a : draws) {
      double f = items.score(a, h);
      sample.add(a, f, f - Math.log(proposal.probability(a, epsilon)) - logSamples);
    }
    sample.normalise();
    golden.check(
        "/expected/snis_weights",
        IntStream.range(0, draws.length).mapToDouble(sample::share).toArray());
    golden.check("/expected/rbar", sample.covariance(a -> rhat[a], out));
    golden.check("/expected/snis_grad_latent", out);
    golden.check("/expected/snis_grad", outer(x, out, theta.length));
    golden.check("/expected/snis_grad_latent_debiased", scaled(1 / sample.shrinkage(), out));
    golden.check("/expected/snis_ess", sample.effectiveSampleSize());
    sample.meanEmbedding(out);
    golden.check("/expected/betabar_snis", out);
    sample.covariance(a -> a == logged ? reward : 0, out);
    golden.check("/expected/logged/naive_snis_latent", out);

    SampledSoftmax loggedExactly = new SampledSoftmax(items);
    loggedExactly.begin(ExactContexts.repeat(theta), x, logged);
    for (int a : draws) {
      if (a != logged) {
        double f = items.score(a, h);
        loggedExactly.add(a, f, f - Math.log(proposal.probability(a, epsilon)) - logSamples);
      }
    }
    loggedExactly.end();
    golden.check("/expected/logged/logZ_hat", loggedExactly.items().logZ());
    double probability = Math.exp(loggedExactly.logProbability());
    golden.check("/expected/logged/pi_hat", probability);
    loggedExactly.items().meanEmbedding(out);
    golden.check("/expected/logged/betabar_hat", out);
    loggedExactly.direction(out);
    golden.check("/expected/logged/pwll_grad_latent", out);
    golden.check("/expected/logged/ips_grad_latent", scaled(reward * probability, out));

    headAndTail(golden, theta, x, h, items, logged, reward);
    golden.assertExercised();
  }

  private static void headAndTail(
      Golden golden,
      double[][] theta,
      Context x,
      double[] h,
      ItemEmbeddings items,
      int logged,
      double reward) {
    int[] head = golden.integers("/inputs/head");
    int[] tail = golden.integers("/inputs/tail_sample");
    SampledSoftmax sample = new SampledSoftmax(items);
    sample.begin(ExactContexts.repeat(theta), x, logged);
    for (int a : head) {
      if (a != logged) {
        sample.add(a, items.score(a, h), items.score(a, h));
      }
    }
    double inflation = Math.log((double) (items.size() - head.length) / tail.length);
    for (int a : tail) {
      assertThat(head).doesNotContain(a);
      sample.add(a, items.score(a, h), items.score(a, h) + inflation);
    }
    sample.end();
    double[] out = new double[items.dimension()];
    golden.check("/expected/head_tail/logZ_hat", sample.items().logZ());
    double[] headShares = new double[head.length];
    for (int j = 0; j < head.length; j++) {
      headShares[j] = share(sample.items(), head[j], head.length);
    }
    golden.check("/expected/head_tail/head_weights", headShares);
    golden.check(
        "/expected/head_tail/tail_weights",
        IntStream.range(head.length, head.length + tail.length)
            .mapToDouble(sample.items()::share)
            .toArray());
    sample.items().meanEmbedding(out);
    golden.check("/expected/head_tail/betabar_hat", out);
    double probability = Math.exp(sample.logProbability());
    golden.check("/expected/head_tail/pi_hat", probability);
    sample.direction(out);
    golden.check("/expected/head_tail/ips_grad_latent", scaled(reward * probability, out));
  }

  private static double share(WeightedItems items, int item, int among) {
    for (int j = 0; j < among; j++) {
      if (items.item(j) == item) {
        return items.share(j);
      }
    }
    throw new AssertionError("no entry for item " + item);
  }

  private static MaximumInnerProductIndex fixed(int[] items) {
    return (h, k, out) -> {
      System.arraycopy(items, 0, out, 0, items.length);
      return items.length;
    };
  }

  private static double[][] outer(Context x, double[] latent, int d) {
    double[] sum = new double[3 * d * latent.length];
    x.addOuter(1, latent, sum);
    return ExactContexts.collapse(sum, d, latent.length);
  }

  private static double[] scaled(double scale, double[] vector) {
    return Arrays.stream(vector).map(v -> scale * v).toArray();
  }
}
