package hindcast.criterion;

import java.util.Map;

/**
 * Constant relative risk aversion by the delta method: f(z) = z^{1−g}/(1−g), g ≠ 1; G =
 * μ^{1−g}/(1−g) − g σ² μ^{−g−1}/2; μ above 0.
 *
 * @param aversion g, above 0 and not 1 (1 is the logarithm)
 */
public record PowerDelta(double aversion) implements Criterion {

  public PowerDelta {
    if (!(aversion > 0 && aversion != 1)) {
      throw new IllegalArgumentException("g must be above 0 and not 1: " + aversion);
    }
  }

  @Override
  public String name() {
    return "power_delta";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("g", aversion);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    if (!(mean > 0)) {
      throw new ArithmeticException("a power needs a mean above 0: " + mean);
    }
    double power = Math.pow(mean, -aversion);
    return new Derivatives(
        power * mean / (1 - aversion) - aversion * variance * power / (2 * mean),
        power + aversion * (aversion + 1) * variance * power / (2 * mean * mean),
        -aversion * power / (2 * mean));
  }
}
