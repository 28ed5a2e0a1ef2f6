package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Implicit exploration: the mean of {@code π r / (p + γ)}; c is the term over n. Pessimistic.
 *
 * <p>Source: Gabbianelli, Neu and Papini 2024; methods 2.2 and 3.1.
 *
 * @param gamma γ, at least 0
 */
public record ImplicitExploration(double gamma) implements MeanObjective {

  public ImplicitExploration {
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("gamma must be at least 0: " + gamma);
    }
  }

  @Override
  public String name() {
    return "IX";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("gamma", gamma);
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
    return batch.probability(i) * batch.reward(i) / (batch.propensity(i) + gamma);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
