package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import java.util.Arrays;

/**
 * The five forms of the policy gradient from draws a₁..a_S ~ π of an expected value E_π[q]; v is
 * the latent gradient, an L-vector.
 *
 * <p>Source: FOPO paper, Eq. 6 to 9; baselines 4.
 */
public enum Reinforce {
  /** Cov_π(q, β) itself, without draws. */
  EXACT("Cov_pi(q, beta)"),
  /** mean_s q_s (β_s − β̄): unbiased. */
  SCORE("mean_s q_s (beta_s - betabar)"),
  /** mean_s (q_s − E_π[q]) (β_s − β̄): unbiased, about half the standard deviation. */
  SCORE_BASELINE("mean_s (q_s - E[q]) (beta_s - betabar)"),
  /** Σ_s (q_s − q̄)(β_s − β̄_s) / (S − 1): unbiased, needs neither Z nor β̄. */
  COV("sum_s (q_s - qbar)(beta_s - betabar_s) / (S - 1)"),
  /** The same over S: too small by 1 − 1/S (Eq. 9 as printed). */
  COV_PLUGIN("sum_s (q_s - qbar)(beta_s - betabar_s) / S");

  private final String formula;

  Reinforce(String formula) {
    this.formula = formula;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /**
   * Writes the latent gradient.
   *
   * @param embeddings β
   * @param q reward of an item
   * @param draws item indexes drawn from π; at least 2 for the covariance forms
   * @param exact the softmax the draws came from
   * @param out receives v
   */
  public void gradient(
      ItemEmbeddings embeddings,
      ItemFunction q,
      int[] draws,
      ExactScoreGradient exact,
      double[] out) {
    switch (this) {
      case EXACT -> exact.covariance(q, out);
      case SCORE -> score(embeddings, q, 0, draws, exact, out);
      case SCORE_BASELINE -> {
        double mean = exact.covariance(q, out);
        score(embeddings, q, mean, draws, exact, out);
      }
      case COV -> covariance(embeddings, q, draws, draws.length - 1, out);
      case COV_PLUGIN -> covariance(embeddings, q, draws, draws.length, out);
    }
  }

  private static void score(
      ItemEmbeddings embeddings,
      ItemFunction q,
      double baseline,
      int[] draws,
      ExactScoreGradient exact,
      double[] out) {
    double[] mean = new double[out.length];
    exact.softmax().meanEmbedding(mean);
    Arrays.fill(out, 0);
    double total = 0;
    for (int a : draws) {
      double advantage = (q.at(a) - baseline) / draws.length;
      embeddings.addScaled(a, advantage, out);
      total += advantage;
    }
    for (int l = 0; l < out.length; l++) {
      out[l] -= total * mean[l];
    }
  }

  private static void covariance(
      ItemEmbeddings embeddings, ItemFunction q, int[] draws, int divisor, double[] out) {
    if (draws.length < 2) {
      throw new IllegalArgumentException("a covariance needs at least 2 draws: " + draws.length);
    }
    double[] mean = new double[out.length];
    double meanReward = 0;
    for (int a : draws) {
      meanReward += q.at(a) / draws.length;
      embeddings.addScaled(a, 1.0 / draws.length, mean);
    }
    Arrays.fill(out, 0);
    double total = 0;
    for (int a : draws) {
      double deviation = (q.at(a) - meanReward) / divisor;
      embeddings.addScaled(a, deviation, out);
      total += deviation;
    }
    for (int l = 0; l < out.length; l++) {
      out[l] -= total * mean[l];
    }
  }
}
