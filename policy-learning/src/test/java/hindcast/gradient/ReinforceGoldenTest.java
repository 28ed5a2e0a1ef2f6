package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden b05: exact sampling and the five forms of Reinforce. */
class ReinforceGoldenTest {

  static Stream<Golden> cases() {
    return Golden.cases("b05_reinforce");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reinforce(Golden golden) {
    golden.required();
    double[] scores = golden.vector("/inputs/scores");
    double[][] beta = golden.matrix("/inputs/beta");
    double[] rhat = golden.vector("/inputs/rhat");
    double[][] uniforms = golden.matrix("/inputs/uniforms");
    ItemEmbeddings items = Problem.embeddings(beta);
    int[] draws = new int[uniforms.length];
    for (int s = 0; s < draws.length; s++) {
      draws[s] = GumbelSampler.draw(scores, uniforms[s], scores.length);
      golden.checkExactly("/expected/gumbel_max/" + s, draws[s]);
      int[] top = GumbelSampler.top(scores, uniforms[s], scores.length, 3);
      for (int j = 0; j < 3; j++) {
        golden.checkExactly("/expected/gumbel_top3/" + s + "/" + j, top[j]);
      }
    }

    // scores are given apart from beta: append them as one more dimension
    double[][] extended = new double[beta.length][beta[0].length + 1];
    for (int a = 0; a < beta.length; a++) {
      System.arraycopy(beta[a], 0, extended[a], 0, beta[a].length);
      extended[a][beta[a].length] = scores[a];
    }
    double[] theta = new double[beta[0].length + 1];
    theta[beta[0].length] = 1;
    ExactScoreGradient exact = new ExactScoreGradient(Problem.embeddings(extended));
    exact.fit(theta, Context.dense(new float[] {1}), 0, null, 0);
    InverseCdfSampler sampler = new InverseCdfSampler(exact.softmax());
    double[] cdf = golden.vector("/inputs/uniforms_cdf");
    for (int s = 0; s < cdf.length; s++) {
      golden.checkExactly("/expected/inverse_cdf/" + s, sampler.draw(cdf[s]));
    }

    double[] out = new double[extended[0].length];
    for (Reinforce form : Reinforce.values()) {
      form.gradient(Problem.embeddings(extended), a -> rhat[a], draws, exact, out);
      golden.check(
          "/expected/gradient/" + form.name(), java.util.Arrays.copyOf(out, items.dimension()));
    }
    golden.assertExercised();
  }
}
