package hindcast.gradient;

import java.util.Locale;

/**
 * Every gradient a learner can use: name, formula, source. All sum to the same {@link GradientSum}.
 */
public enum GradientMethod {
  /** {@link ExactScoreGradient}; {@link ExactMinibatchGradient} where vectors are packed. */
  EXACT(
      ExactScoreGradient.class,
      "v = beta_a - sum_b pi_b beta_b over every eligible item",
      "softmax policy gradient"),
  /** {@link MixtureScoreGradient}. */
  MIXTURE(
      MixtureScoreGradient.class,
      "Z = mean_s(e^f_s / q_s), q = eps / P + (1 - eps) softmax of the top K; logged = 1: the logged"
          + " item exactly, support = 1: every item with a reward exactly",
      "FOPO, Algorithm 1"),
  /** {@link MixtureScoreGradient} with ε = 1. */
  UNIFORM(MixtureScoreGradient.class, "mixture with eps = 1: no index", "FOPO, section 5"),
  /** {@link HeadTailScoreGradient}. */
  HEAD_TAIL(
      HeadTailScoreGradient.class,
      "Z = sum_D e^f + (P - size(D)) mean_tail(e^f), D = top K and a",
      "FOPO, Rao-Blackwellised"),
  /** {@link InBatchScoreGradient}. */
  IN_BATCH(
      InBatchScoreGradient.class,
      "pi = e^(f_a - log q_a) / sum over the items of the minibatch, log q if corrected",
      "UIPS; Yi et al. 2019"),
  /** {@link TopKTailGradient}. */
  TOP_K_TAIL(
      TopKTailGradient.class,
      "Z = sum_D e^f + P / N sum_tail e^f, D = top K, a and rewarded items, N draws shared by 32"
          + " events",
      "FOPO, Rao-Blackwellised, shared tail"),
  /** {@link PartitionGradient}, audited. */
  PARTITION(
      WatchedGradient.class,
      "Z = sum of head, densest clusters up to E, a and rewarded items of e^f + sum_tail n_c /"
          + " (N q_c) e^f; audited",
      "stratified sampling of k-means clusters"),
  /** {@link WatchedGradient}, or exact sums for small catalogues. */
  AUTO(
      WatchedGradient.class,
      "exact up to 50,000 items; above, partition with a watch that steps up to exact",
      "recall gate, weight share, audits, ladder"),
  /** {@link ReinforceScoreGradient}. */
  REINFORCE(
      ReinforceScoreGradient.class,
      "v exact, covariances of models from S draws of the exact softmax",
      "FOPO, section 3");

  private final Class<?> type;
  private final String formula;
  private final String source;

  GradientMethod(Class<?> type, String formula, String source) {
    this.type = type;
    this.formula = formula;
    this.source = source;
  }

  /** The name in configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class that is it. */
  public Class<?> type() {
    return type;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** The paper. */
  public String source() {
    return source;
  }
}
