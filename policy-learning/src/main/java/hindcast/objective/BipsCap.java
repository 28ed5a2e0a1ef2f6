package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Clipped IPS with the weight held constant in the gradient: the mean of {@code min(w, M) r}; c =
 * min(w, M) r / n. Stop-gradient.
 *
 * <p>Source: UIPS paper (BIPS-Cap); baselines 2.1.
 *
 * @param cap M, the largest weight, above 0
 */
public record BipsCap(double cap) implements MeanObjective {

  public BipsCap {
    if (!(cap > 0)) {
      throw new IllegalArgumentException("M must be above 0: " + cap);
    }
  }

  @Override
  public String name() {
    return "BIPS_CAP";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("M", cap);
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
  public boolean trueGradient() {
    return false;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return Math.min(batch.weight(i), cap) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
