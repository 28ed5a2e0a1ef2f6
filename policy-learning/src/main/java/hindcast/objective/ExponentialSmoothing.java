package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Exponential smoothing: the mean of {@code π r / p^α}; c is the term over n. α = 1 is IPS.
 *
 * <p>Source: Aouali et al. 2023; methods 2.2 and 3.1.
 *
 * @param alpha α, in [0, 1]
 */
public record ExponentialSmoothing(double alpha) implements MeanObjective {

  public ExponentialSmoothing {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must be in [0, 1]: " + alpha);
    }
  }

  @Override
  public String name() {
    return "ES";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("alpha", alpha);
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
    return batch.probability(i) * batch.reward(i) / Math.pow(batch.propensity(i), alpha);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
