package hindcast.training;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.LogSumExp;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.propensity.Propensity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One context, K arms with rewards .05 + .55 Beta(2,2), π₀(a) ∝ e^{−6a/K}, and a log of N events.
 */
final class ArmsLog {
  static final int K = 10;
  static final int N = 300;

  private final double[] mean = new double[K];
  private final double[] pi0 = new double[K];
  private final int[] action = new int[N];
  private final double[] reward = new double[N];

  ArmsLog(long armsSeed, long seed) {
    long arms = CounterBasedRandom.key(armsSeed, "aggregate", 0, "");
    long key = CounterBasedRandom.key(seed, "aggregate", 0, "");
    double sum = 0;
    for (int a = 0; a < K; a++) {
      mean[a] = .05 + .55 * middleOfThree(arms, 3L * a);
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
  double uplift(Objective objective, int steps) {
    double[] logits = new double[K];
    double[] logPi = new double[K];
    for (int a = 0; a < K; a++) {
      logits[a] = Math.log(pi0[a]);
    }
    Optimizer adam = OptimizerSettings.parse("adam").create(K);
    double[] c = new double[N];
    ScoredMinibatch batch = new ScoredMinibatch(N);
    for (int step = 0; step < steps; step++) {
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
    return uplift(logPi);
  }

  /** V(π) / V(π₀) of the policy with these logits. */
  double uplift(double[] logits) {
    double[] logPi = new double[K];
    logSoftmax(logits, logPi);
    double value = 0;
    double logged = 0;
    for (int a = 0; a < K; a++) {
      value += Math.exp(logPi[a]) * mean[a];
      logged += pi0[a] * mean[a];
    }
    return value / logged;
  }

  /** The items. */
  static ItemCatalogue catalogue() {
    String[] ids = new String[K];
    Arrays.setAll(ids, a -> "arm-" + a);
    return ItemCatalogue.oneHot("arms", ids);
  }

  /** The log as the pipeline holds it: one context, one-hot arms. */
  List<LoggedFeedback> feedback() {
    List<LoggedFeedback> feedback = new ArrayList<>(N);
    Context context = Context.dense(new float[] {1});
    for (int i = 0; i < N; i++) {
      feedback.add(
          new LoggedFeedback(
              "e" + i,
              i,
              "all",
              context,
              "arm-" + action[i],
              0,
              null,
              "logging",
              1,
              reward[i],
              Propensity.logged(pi0[action[i]])));
    }
    return feedback;
  }

  private static void logSoftmax(double[] logits, double[] out) {
    double logZ = LogSumExp.of(logits, K);
    for (int a = 0; a < K; a++) {
      out[a] = logits[a] - logZ;
    }
  }
}
