package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Clipped IPS with a cap on the weight: the mean of {@code min(w, M) r}; c = 1[w &lt; M] w r / n,
 * the derivative. {@link BipsCap} has the same value and another gradient. M = ∞ is IPS.
 *
 * <p>Source: methods 3.1.
 *
 * @param cap M, the largest weight, above 0
 */
public record CappedIps(double cap) implements MeanObjective {

  public CappedIps {
    if (!(cap > 0)) {
      throw new IllegalArgumentException("M must be above 0: " + cap);
    }
  }

  @Override
  public String name() {
    return "CIPS_CAP";
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
  public double term(ScoredMinibatch batch, int i) {
    return Math.min(batch.weight(i), cap) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    double w = batch.weight(i);
    return w < cap ? w * batch.reward(i) : 0;
  }
}
