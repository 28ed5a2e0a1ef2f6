package hindcast.criterion;

import hindcast.numeric.NormalDensity;
import java.util.Map;

/**
 * The logarithm of the probability that the total exceeds a bar; for optimisation, since its
 * gradient does not vanish far below the bar.
 *
 * <pre>
 *   z₀ = (μ − b)/σ   m = φ(z₀)/Φ(z₀)   G = ln Φ(z₀)   ∂G/∂μ = m/σ   ∂G/∂σ² = −m z₀ / (2σ²)
 * </pre>
 *
 * <p>Below the bar it seeks variance: start where μ is near b. σ = 0 is refused.
 *
 * @param bar b, the total to exceed
 */
public record LogThreshold(double bar) implements Criterion {

  public LogThreshold {
    if (Double.isNaN(bar)) {
      throw new IllegalArgumentException("b must be a number: " + bar);
    }
  }

  @Override
  public String name() {
    return "log_threshold";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("b", bar);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    if (!(variance > 0)) {
      throw new ArithmeticException("log threshold needs a variance above 0: " + variance);
    }
    double sigma = Math.sqrt(variance);
    double z = (mean - bar) / sigma;
    double hazard = NormalDensity.hazard(z);
    return new Derivatives(
        NormalDensity.logCumulative(z), hazard / sigma, -hazard * z / (2 * variance));
  }
}
