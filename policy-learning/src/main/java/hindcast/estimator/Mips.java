package hindcast.estimator;

/**
 * Marginalised IPS over clusters of actions: {@code y = w_c r}, {@code w_c = pi(c|x) / pi0(c|x)}, c
 * the cluster of the logged action. Name: {@code MIPS}.
 *
 * <p>Unbiased if the reward depends on the action only through its cluster; the variance is that of
 * the clusters, however many actions there are. Singleton clusters: IPS.
 *
 * <p>Saito, Joachims, Off-Policy Evaluation for Large Action Spaces via Embeddings, ICML 2022.
 */
public final class Mips extends MarginalizedEstimator {
  Mips(EstimatorSpec spec) {
    super(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.clusterWeight() * f.reward();
  }

  @Override
  double marginalWeight(ScoredFeedback f) {
    return f.clusterWeight();
  }
}
