package hindcast.estimator;

/**
 * Marginalised IPS over stochastic embeddings e of actions: {@code y = w_e r}, {@code w_e = sum_a
 * pi(a|x) p(e|x,a) / sum_a pi0(a|x) p(e|x,a)}. Name: {@code MIPS_EMBEDDING}.
 *
 * <p>Unbiased if the reward depends on the action only through e.
 *
 * <p>Saito, Joachims, Off-Policy Evaluation for Large Action Spaces via Embeddings, ICML 2022.
 */
public final class EmbeddingMips extends MarginalizedEstimator {
  EmbeddingMips(EstimatorSpec spec) {
    super(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.embeddingWeight() * f.reward();
  }

  @Override
  double marginalWeight(ScoredFeedback f) {
    return f.embeddingWeight();
  }
}
