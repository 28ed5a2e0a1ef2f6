package hindcast.policy;

import hindcast.feedback.Context;
import hindcast.gradient.ExactScoreGradient;
import hindcast.testing.ExactContexts;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 01: the linear softmax and its score. */
class SoftmaxPolicyGoldenTest {

  static Stream<Golden> cases() {
    return Golden.cases("01_policy");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void policy(Golden golden) {
    golden.required();
    double[][] theta = golden.matrix("/inputs/theta");
    double[][] beta = golden.matrix("/inputs/beta");
    Context x = ExactContexts.split(golden.vector("/inputs/x"));
    int action = golden.at("/inputs/action").asInt();
    ExactScoreGradient gradient = new ExactScoreGradient(Problem.embeddings(beta));
    gradient.fit(ExactContexts.repeat(theta), x, action, null, 0);
    SoftmaxDistribution softmax = gradient.softmax();

    golden.check("/expected/h", softmax.latent());
    golden.check("/expected/scores", Arrays.copyOf(softmax.scores(), beta.length));
    golden.check("/expected/logZ", softmax.logZ());
    double[] pi = new double[beta.length];
    softmax.probabilities(pi);
    golden.check("/expected/pi", pi);
    double[] mean = new double[beta[0].length];
    softmax.meanEmbedding(mean);
    golden.check("/expected/betabar", mean);
    golden.check("/expected/log_pi_action", gradient.logProbability());
    golden.check("/expected/entropy", softmax.entropy());
    double[] direction = new double[beta[0].length];
    gradient.direction(direction);
    double[] sum = new double[3 * theta.length * beta[0].length];
    x.addOuter(1, direction, sum);
    golden.check(
        "/expected/grad_log_pi", ExactContexts.collapse(sum, theta.length, beta[0].length));
    golden.assertExercised();
  }
}
