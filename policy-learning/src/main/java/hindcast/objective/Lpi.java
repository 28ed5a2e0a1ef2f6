package hindcast.objective;

import java.util.Set;

/**
 * Log policy improvement: the mean of {@code r log π}; c = r / n. Needs no propensity and is
 * strongly concave with L2; also called cross entropy (CE). The value is no value estimate.
 *
 * <p>Source: PWLL paper; methods 3.2.
 */
public record Lpi() implements MeanObjective {

  @Override
  public String name() {
    return "LPI";
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields();
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.reward(i) == 0 ? 0 : batch.reward(i) * batch.logProbability(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.reward(i);
  }
}
