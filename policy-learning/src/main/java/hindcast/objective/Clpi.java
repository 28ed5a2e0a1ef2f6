package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Clipped log policy improvement: the mean of {@code r / max(p, τ) · log π}; c = r / max(p, τ) / n.
 * Strongly concave with L2: one optimum, from any start. τ = 1 is {@link Lpi}. The value is no
 * value estimate, and events without reward cost nothing.
 *
 * <p>Source: PWLL paper; methods 3.2.
 *
 * @param tau τ, the smallest propensity used, in [0, 1]
 */
public record Clpi(double tau) implements MeanObjective {

  public Clpi {
    if (!(tau >= 0 && tau <= 1)) {
      throw new IllegalArgumentException("tau must be in [0, 1]: " + tau);
    }
  }

  @Override
  public String name() {
    return "CLPI";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("tau", tau);
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
    return batch.reward(i) == 0 ? 0 : slope(batch, i) * batch.logProbability(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.reward(i) / Math.max(batch.propensity(i), tau);
  }
}
