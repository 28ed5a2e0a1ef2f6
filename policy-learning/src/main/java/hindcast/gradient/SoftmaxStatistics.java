package hindcast.gradient;

/**
 * What a gradient needs of the softmax at one event, exactly or from a sample of the catalogue. In
 * the space of the items (an L-vector v; the gradient in Θ is x ⊗ v):
 *
 * <ul>
 *   <li>the score direction β_a − β̄ of the logged item, ∇ log π(a|x) = x ⊗ (β_a − β̄);
 *   <li>the covariance Cov_π(q, β) of any function q of the items, ∇ E_π[q] = x ⊗ Cov_π(q, β);
 *   <li>log π(a|x), log Z and the entropy.
 * </ul>
 */
public interface SoftmaxStatistics {
  /** log π(a|x) of the logged item, at most 0; minus infinity where its estimate is 0. */
  double logProbability();

  /** log Z, or its estimate. */
  double logZ();

  /** −Σ π log π, or its estimate. */
  double entropy();

  /** Writes β_a − β̄. */
  void direction(double[] out);

  /** Writes Cov_π(q, β) and returns E_π[q]. */
  double covariance(ItemFunction q, double[] out);
}
