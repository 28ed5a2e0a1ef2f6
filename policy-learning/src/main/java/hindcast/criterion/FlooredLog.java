package hindcast.criterion;

import java.util.Map;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The logarithm of the total, continued by its tangent below a floor: f(z) = ln z for z ≥ c and ln
 * c + (z − c)/c below; by Gauss-Hermite quadrature with 64 nodes t_j and weights W_j (Σ W_j = 1).
 *
 * <pre>
 *   Z_j = μ + σ t_j   G = Σ W_j f(Z_j)   ∂G/∂μ = Σ W_j f'(Z_j)   ∂G/∂σ² = Σ W_j f'(Z_j) t_j / (2σ)
 * </pre>
 *
 * @param floor c, above 0
 */
public record FlooredLog(double floor) implements Criterion {

  public FlooredLog {
    if (!(floor > 0)) {
      throw new IllegalArgumentException("c must be above 0: " + floor);
    }
  }

  @Override
  public String name() {
    return "log_quad";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("c", floor);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    double sigma = Math.sqrt(variance);
    double value = 0;
    double byMean = 0;
    double bySigma = 0;
    for (int j = 0; j < NODES.length; j++) {
      double z = mean + sigma * NODES[j];
      double slope = 1 / Math.max(z, floor);
      value += WEIGHTS[j] * (z >= floor ? Math.log(z) : Math.log(floor) + (z - floor) / floor);
      byMean += WEIGHTS[j] * slope;
      bySigma += WEIGHTS[j] * slope * NODES[j];
    }
    return new Derivatives(value, byMean, sigma == 0 ? 0 : bySigma / (2 * sigma));
  }

  /** t_j. */
  static double[] nodes() {
    return NODES.clone();
  }

  /** W_j. */
  static double[] weights() {
    return WEIGHTS.clone();
  }

  private static final double[] NODES = new double[64];
  private static final double[] WEIGHTS = new double[64];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().hermite(NODES.length);
    for (int j = 0; j < NODES.length; j++) {
      NODES[j] = rule.getPoint(j) * Math.sqrt(2);
      WEIGHTS[j] = rule.getWeight(j) / Math.sqrt(Math.PI);
    }
  }
}
