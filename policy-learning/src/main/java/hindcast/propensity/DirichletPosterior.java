package hindcast.propensity;

import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What a Dirichlet estimate knows about the probability of one item.
 *
 * <p>The marginal posterior is Beta(c, A - c) with {@code c = n_a + alpha m_a} and {@code A = sum n
 * + alpha}:
 *
 * <pre>
 * mean   = c / A
 * sd     = sqrt(mean (1 - mean) / (A + 1))
 * logSd  = sqrt(trigamma(c) - trigamma(A))      exact sd of the log probability: U
 * </pre>
 *
 * @param concentration c, above 0
 * @param total A, at least c
 */
public record DirichletPosterior(double concentration, double total) {
  public DirichletPosterior {
    if (!(concentration > 0 && concentration <= total && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "concentration must be in (0, total]: " + concentration + " of " + total);
    }
  }

  /** Posterior mean of the probability. */
  public double mean() {
    return concentration / total;
  }

  /** Posterior standard deviation of the probability. */
  public double sd() {
    double mean = mean();
    return Math.sqrt(mean * (1 - mean) / (total + 1));
  }

  /** Posterior standard deviation of the logarithm of the probability. */
  public double logSd() {
    return Math.sqrt(Math.max(0, Trigamma.value(concentration) - Trigamma.value(total)));
  }

  /** First-order approximation of {@link #logSd}: sd / mean. */
  public double deltaSd() {
    return sd() / mean();
  }

  /**
   * Posterior quantile of the probability.
   *
   * @param share in (0, 1)
   */
  public double quantile(double share) {
    return concentration == total
        ? 1
        : BetaDistribution.of(concentration, total - concentration)
            .inverseCumulativeProbability(share);
  }
}
