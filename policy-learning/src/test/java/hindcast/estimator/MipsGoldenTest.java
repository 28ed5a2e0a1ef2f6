package hindcast.estimator;

import hindcast.testing.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 11: estimators over clusters. */
class MipsGoldenTest {
  static Stream<Golden> cases() {
    return Golden.whole("11_mips");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void clusters(Golden golden) {
    golden.required();
    double[][] pi = golden.matrix("/inputs/pi");
    double[][] pi0 = golden.matrix("/inputs/pi0");
    double[][] q = golden.matrix("/inputs/q_all");
    double[] r = golden.vector("/inputs/r");
    int[] action = golden.integers("/inputs/action");
    int[] cluster = golden.integers("/inputs/cluster_of_action");
    ValueEstimator mips = EstimatorSpec.parse("MIPS").create();
    ValueEstimator offcem = EstimatorSpec.parse("OFFCEM").create();
    ValueEstimator ips = EstimatorSpec.parse("IPS").create();
    double[] weights = new double[r.length];
    for (int i = 0; i < r.length; i++) {
      double target = 0;
      double logging = 0;
      double qpi = 0;
      for (int a = 0; a < pi[i].length; a++) {
        qpi += pi[i][a] * q[i][a];
        if (cluster[a] == cluster[action[i]]) {
          target += pi[i][a];
          logging += pi0[i][a];
        }
      }
      ScoredFeedback f =
          ScoredFeedback.of(pi[i][action[i]], pi0[i][action[i]], r[i])
              .withCluster(target, logging)
              .withRewardModel(q[i][action[i]], qpi);
      weights[i] = f.clusterWeight();
      mips.add(f);
      offcem.add(f);
      ips.add(f);
    }
    golden.check("/expected/w_c", weights);
    check(golden, "mips", mips);
    check(golden, "offcem", offcem);
    check(golden, "ips", ips);
    golden.assertExercised();
  }

  private static void check(Golden golden, String name, ValueEstimator estimator) {
    golden.check("/expected/" + name + "/mean", estimator.estimate().value().getAsDouble());
    golden.check("/expected/" + name + "/se", estimator.estimate().standardError().getAsDouble());
  }
}
