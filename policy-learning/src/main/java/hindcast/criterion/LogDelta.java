package hindcast.criterion;

import java.util.Map;

/**
 * The logarithm of the total, by the delta method: G = ln μ − σ²/(2μ²); μ above 0. Penalises too
 * little when σ is near μ: prefer {@link Threshold} or {@link FlooredLog}.
 */
public record LogDelta() implements Criterion {

  @Override
  public String name() {
    return "log_delta";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of();
  }

  @Override
  public Derivatives at(double mean, double variance) {
    if (!(mean > 0)) {
      throw new ArithmeticException("a logarithm needs a mean above 0: " + mean);
    }
    double square = mean * mean;
    return new Derivatives(
        Math.log(mean) - variance / (2 * square),
        1 / mean + variance / (square * mean),
        -1 / (2 * square));
  }
}
