package hindcast.reward;

import hindcast.gradient.ExactScoreGradient;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.policy.TwoStagePolicy;
import hindcast.testing.ExactContexts;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import hindcast.training.SideInformation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden b03: POTEC's first stage, second stage and two-step regression. */
class PotecGoldenTest {

  static Stream<Golden> cases() {
    return Golden.cases("b03_potec");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void potec(Golden golden) {
    golden.required();
    if (golden.has("/inputs/pairs")) {
      regression(golden);
    } else {
      firstStage(golden);
    }
    golden.assertExercised();
  }

  private static void firstStage(Golden golden) {
    double[][] theta = golden.matrix("/inputs/theta");
    double[][] gamma = golden.matrix("/inputs/gamma");
    double[][] x = golden.matrix("/inputs/x");
    double[][] q = golden.matrix("/inputs/q_all");
    double[][] rows = golden.matrix("/inputs/pi0_rows");
    int[] cluster = golden.integers("/inputs/cluster");
    int[] action = golden.integers("/inputs/action");
    int n = x.length;
    TwoStagePolicy[] policies = new TwoStagePolicy[n];
    ExactScoreGradient exact = new ExactScoreGradient(Problem.embeddings(gamma));
    for (int i = 0; i < n; i++) {
      double[] row = q[i];
      exact.fit(ExactContexts.repeat(theta), ExactContexts.split(x[i]), 0, null, 0);
      double[] pi1 = new double[gamma.length];
      exact.softmax().probabilities(pi1);
      policies[i] = TwoStagePolicy.of(pi1, cluster, a -> row[a]);
      TwoStagePolicy policy = policies[i];
      golden.check("/expected/pi1/" + i, pi1);
      for (int c = 0; c < gamma.length; c++) {
        golden.checkExactly("/expected/best/" + i + "/" + c, policy.best()[c]);
        golden.check("/expected/f2/" + i + "/" + c, row[policy.best()[c]]);
      }
      golden.check(
          "/expected/overall/" + i,
          IntStream.range(0, cluster.length).mapToDouble(policy::probability).toArray());
    }
    double[] propensity =
        IntStream.range(0, n)
            .mapToDouble(
                i ->
                    IntStream.range(0, cluster.length)
                        .filter(a -> cluster[a] == cluster[action[i]])
                        .mapToDouble(a -> rows[i][a])
                        .sum())
            .toArray();
    Problem problem =
        new Problem(
            gamma,
            x,
            Arrays.stream(action).map(a -> cluster[a]).toArray(),
            golden.vector("/inputs/r"),
            propensity,
            null,
            i ->
                SideInformation.NONE.withRewardModel(
                    c -> q[i][policies[i].best()[c]], q[i][action[i]]));
    Objective potec = Objective.of("POTEC", Map.of());
    ScoredMinibatch batch = problem.score(potec, theta);
    golden.check("/expected/wc", IntStream.range(0, n).mapToDouble(batch::weight).toArray());
    golden.check("/expected/value", potec.value(batch));
    golden.check("/expected/grad", problem.gradient(potec, theta));
  }

  private static void regression(Golden golden) {
    double[][] x = golden.matrix("/inputs/x");
    double[][] beta = golden.matrix("/inputs/beta");
    int[] action = golden.integers("/inputs/action");
    double[] r = golden.vector("/inputs/r");
    TwoStepRegression model =
        new TwoStepRegression(
            x[0].length,
            Problem.embeddings(beta),
            Problem.embeddings(golden.matrix("/inputs/gamma")),
            golden.integers("/inputs/cluster"),
            golden.number("/inputs/lr"),
            golden.number("/inputs/l2"));
    for (double[] pair : golden.matrix("/inputs/pairs")) {
      int i = (int) pair[0];
      int j = (int) pair[1];
      model.updatePair(x[i], action[i], r[i], action[j], r[j]);
    }
    for (int i = 0; i < x.length; i++) {
      model.updateBaseline(x[i], action[i], r[i]);
    }
    golden.check("/expected/psi", rows(model.psi(), x[0].length));
    golden.check("/expected/omega", rows(model.omega(), x[0].length));
    golden.check(
        "/expected/f_hat_event0",
        IntStream.range(0, beta.length).mapToDouble(a -> model.predict(x[0], a)).toArray());
  }

  private static double[][] rows(double[] flat, int d) {
    int latent = flat.length / d;
    return IntStream.range(0, d)
        .mapToObj(i -> Arrays.copyOfRange(flat, i * latent, (i + 1) * latent))
        .toArray(double[][]::new);
  }
}
