package hindcast.criterion;

import java.util.Map;

/**
 * The mean less a price of variance: G = μ − kσ²/2.
 *
 * @param aversion k, at least 0
 */
public record MeanVariance(double aversion) implements Criterion {

  public MeanVariance {
    if (!(aversion >= 0)) {
      throw new IllegalArgumentException("eta must be at least 0: " + aversion);
    }
  }

  @Override
  public String name() {
    return "mean_variance";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("eta", aversion);
  }

  @Override
  public Derivatives at(double mean, double variance) {
    return new Derivatives(mean - aversion * variance / 2, 1, -aversion / 2);
  }
}
