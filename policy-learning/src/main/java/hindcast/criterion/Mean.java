package hindcast.criterion;

import java.util.Map;

/** The expected total: f(z) = z, G = μ. */
public record Mean() implements Criterion {

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of();
  }

  @Override
  public Derivatives at(double mean, double variance) {
    return new Derivatives(mean, 1, 0);
  }
}
