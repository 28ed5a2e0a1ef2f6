package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.numeric.CounterBasedRandom;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.testing.Quality;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The benchmark of the aggregate criterion: one context, K = 10 arms with rewards .05 + .55
 * Beta(2,2), π₀(a) ∝ e^{−6a/K}, 300 logged events, a softmax over free logits started at log π₀,
 * Adam at .05. In how many runs does the learned policy beat the logging policy by 10 %?
 */
class AggregateQualityTest {
  private static final int K = 10;
  private static final int N = 300;
  private static final int RUNS = Quality.size(80, 200);
  private static final int STEPS = Quality.size(500, 1000);

  @Test
  void thresholdCriterionBeatsSmoothingBeatsIps() {
    int threshold = 0;
    int smoothing = 0;
    int ips = 0;
    for (int run = 0; run < RUNS; run++) {
      Log log = new Log(run);
      double bar = 1.1 * log.total();
      threshold += log.uplift(Objective.of("AGG_LOG_THRESHOLD", Map.of("b", bar))) >= 1.1 ? 1 : 0;
      smoothing += log.uplift(Objective.of("LS", Map.of("lam", 1 / Math.sqrt(N)))) >= 1.1 ? 1 : 0;
      ips += log.uplift(Objective.of("IPS", Map.of())) >= 1.1 ? 1 : 0;
    }
    assertThat(threshold)
        .as("threshold %s, LS %s, IPS %s", threshold, smoothing, ips)
        .isGreaterThan(smoothing);
    assertThat(smoothing).isGreaterThan(ips);
    assertThat((double) threshold / RUNS).isGreaterThan(.8);
  }

  private static final class Log {
    private final double[] mean = new double[K];
    private final double[] pi0 = new double[K];
    private final int[] action = new int[N];
    private final double[] reward = new double[N];

    Log(long seed) {
      long key = CounterBasedRandom.key(seed, "aggregate", 0, "");
      double sum = 0;
      for (int a = 0; a < K; a++) {
        mean[a] = .05 + .55 * middleOfThree(key, 3L * a);
        pi0[a] = Math.exp(-6.0 * a / K);
        sum += pi0[a];
      }
      for (int a = 0; a < K; a++) {
        pi0[a] /= sum;
      }
      for (int i = 0; i < N; i++) {
        double left = CounterBasedRandom.uniform(key, 1000 + 2L * i);
        while (action[i] < K - 1 && (left -= pi0[action[i]]) > 0) {
          action[i]++;
        }
        reward[i] = CounterBasedRandom.uniform(key, 1001 + 2L * i) < mean[action[i]] ? 1 : 0;
      }
    }

    /** Beta(2,2): the median of three uniform numbers. */
    private static double middleOfThree(long key, long draw) {
      double a = CounterBasedRandom.uniform(key, draw);
      double b = CounterBasedRandom.uniform(key, draw + 1);
      double c = CounterBasedRandom.uniform(key, draw + 2);
      return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    double total() {
      double total = 0;
      for (double r : reward) {
        total += r;
      }
      return total;
    }

    /** V(π) / V(π₀) of the policy an objective learns. */
    double uplift(Objective objective) {
      double[] logits = new double[K];
      double[] logPi = new double[K];
      for (int a = 0; a < K; a++) {
        logits[a] = Math.log(pi0[a]);
      }
      Optimizer adam = OptimizerSettings.parse("adam").create(K);
      double[] c = new double[N];
      ScoredMinibatch batch = new ScoredMinibatch(N);
      for (int step = 0; step < STEPS; step++) {
        logSoftmax(logits, logPi);
        for (int i = 0; i < N; i++) {
          batch.set(i, reward[i], pi0[action[i]], logPi[action[i]]);
        }
        objective.coefficients(batch, c);
        double[] gradient = new double[K];
        double total = 0;
        for (int i = 0; i < N; i++) {
          gradient[action[i]] += c[i];
          total += c[i];
        }
        for (int a = 0; a < K; a++) {
          gradient[a] -= total * Math.exp(logPi[a]);
        }
        adam.step(logits, gradient, .05);
      }
      logSoftmax(logits, logPi);
      double value = 0;
      double logged = 0;
      for (int a = 0; a < K; a++) {
        value += Math.exp(logPi[a]) * mean[a];
        logged += pi0[a] * mean[a];
      }
      return value / logged;
    }

    private static void logSoftmax(double[] logits, double[] out) {
      double logZ = hindcast.numeric.LogSumExp.of(logits, K);
      for (int a = 0; a < K; a++) {
        out[a] = logits[a] - logZ;
      }
    }
  }
}
