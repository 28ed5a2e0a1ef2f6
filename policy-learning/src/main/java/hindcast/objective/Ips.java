package hindcast.objective;

import java.util.Set;

/**
 * Inverse propensity scoring: the mean of {@code w r}; c = w r / n. Unbiased for the value with the
 * true propensities; its variance grows with the weights.
 *
 * <p>Source: Horvitz and Thompson 1952; methods 3.1.
 */
public record Ips() implements MeanObjective {

  @Override
  public String name() {
    return "IPS";
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
    return batch.weight(i) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.weight(i) * batch.reward(i);
  }
}
