package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Logarithmic smoothing: the mean of {@code log(1 + λ w r) / λ}; c = w r / (1 + λ w r) / n. At most
 * IPS, which it reaches at λ → 0.
 *
 * <p>Source: Sakhi et al. 2024; methods 3.1.
 *
 * @param lambda λ, above 0; 1/√n is usual
 */
public record LogarithmicSmoothing(double lambda) implements MeanObjective {

  public LogarithmicSmoothing {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lam must be above 0: " + lambda);
    }
  }

  @Override
  public String name() {
    return "LS";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", lambda);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY);
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return Math.log1p(lambda * batch.weight(i) * batch.reward(i)) / lambda;
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    double y = batch.weight(i) * batch.reward(i);
    return y / (1 + lambda * y);
  }
}
