package hindcast.criterion;

import java.util.Map;

/**
 * Constant absolute risk aversion: f(z) = (1 − e^{−kz})/k.
 *
 * <pre>
 *   E = e^{−kμ + k²σ²/2}   G = (1 − E)/k   ∂G/∂μ = E   ∂G/∂σ² = −kE/2
 * </pre>
 *
 * <p>Above about e^700 it is refused.
 *
 * @param aversion k, above 0
 */
public record Cara(double aversion) implements Criterion {
  private static final double LARGEST = 1e300;

  public Cara {
    if (!(aversion > 0)) {
      throw new IllegalArgumentException("eta must be above 0: " + aversion);
    }
  }

  @Override
  public String name() {
    return "cara";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("eta", aversion);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    double exponent = -aversion * mean + aversion * aversion * variance / 2;
    double e = Math.exp(exponent);
    if (!(e / aversion < LARGEST && e * aversion < LARGEST)) {
      throw new ArithmeticException(
          "exponential utility overflows: e^" + exponent + "; lower eta or the number of events");
    }
    return new Derivatives(-Math.expm1(exponent) / aversion, e, -aversion * e / 2);
  }
}
