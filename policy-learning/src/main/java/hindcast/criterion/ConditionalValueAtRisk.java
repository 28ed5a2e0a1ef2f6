package hindcast.criterion;

import hindcast.numeric.NormalDensity;
import java.util.Map;

/**
 * The mean of the worst share α of outcomes: G = μ − σ φ(z_α)/α, z_α = Φ⁻¹(α); ∂G/∂σ² =
 * −φ(z_α)/(2ασ), 0 at σ = 0.
 *
 * @param share α, in (0, 1)
 */
public record ConditionalValueAtRisk(double share) implements Criterion {

  public ConditionalValueAtRisk {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1): " + share);
    }
  }

  @Override
  public String name() {
    return "cvar";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("alpha", share);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    double sigma = Math.sqrt(variance);
    double slope = NormalDensity.density(NormalDensity.quantile(share)) / share;
    return new Derivatives(mean - sigma * slope, 1, sigma == 0 ? 0 : -slope / (2 * sigma));
  }
}
