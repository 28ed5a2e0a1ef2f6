package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS with the largest weight in its uncertainty interval: the mean of {@code min(φ w, M) r}, φ =
 * e^{γU}; c = 1[φ w &lt; M] φ w r / n. Not a value estimate; watch the largest weight.
 *
 * <p>Source: UIPS paper (UIPS-O); baselines 2.1.
 *
 * @param gamma γ, at least 0
 * @param cap M, the largest weight; ∞ for none
 */
public record UipsOptimistic(double gamma, double cap) implements MeanObjective {

  public UipsOptimistic {
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("gamma must be at least 0: " + gamma);
    }
    if (!(cap > 0)) {
      throw new IllegalArgumentException("M must be above 0: " + cap);
    }
  }

  @Override
  public String name() {
    return "UIPS_O";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("gamma", gamma, "M", cap);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.UNCERTAINTY);
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  private double weight(ScoredMinibatch batch, int i) {
    return Math.exp(gamma * batch.uncertainty(i)) * batch.weight(i);
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return Math.min(weight(batch, i), cap) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    double w = weight(batch, i);
    return w < cap ? w * batch.reward(i) : 0;
  }
}
