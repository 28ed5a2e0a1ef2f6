package hindcast.criterion;

import hindcast.numeric.NormalDensity;
import java.util.Map;

/**
 * The probability that the total exceeds a bar: f(z) = 1[z &gt; b].
 *
 * <pre>
 *   z₀ = (μ − b)/σ   G = Φ(z₀)   ∂G/∂μ = φ(z₀)/σ   ∂G/∂σ² = −φ(z₀) z₀ / (2σ²)
 * </pre>
 *
 * <p>Below the bar (μ &lt; b) it seeks variance. With σ = 0 it is 0, ½ or 1 and its derivatives are
 * 0.
 *
 * @param bar b, the total to exceed
 */
public record Threshold(double bar) implements Criterion {

  public Threshold {
    if (Double.isNaN(bar)) {
      throw new IllegalArgumentException("b must be a number: " + bar);
    }
  }

  @Override
  public String name() {
    return "threshold";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("b", bar);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    if (variance == 0) {
      return new Derivatives((1 + Math.signum(mean - bar)) / 2, 0, 0);
    }
    double sigma = Math.sqrt(variance);
    double z = (mean - bar) / sigma;
    double density = NormalDensity.density(z);
    return new Derivatives(
        NormalDensity.cumulative(z), density / sigma, -density * z / (2 * variance));
  }
}
