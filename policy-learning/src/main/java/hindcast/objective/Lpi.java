package hindcast.objective;

import java.util.Set;

/**
 * Log policy improvement: the mean of {@code r log π}; c = r / n. Needs no propensity and is
 * strongly concave with L2. The value is no value estimate.
 *
 * <p>Also called cross entropy (CE). Which softmax π is, is the gradient's choice: over the whole
 * catalogue ({@code exact}), sampled ({@code mixture}, {@code head-tail}), or over the items of the
 * minibatch ({@code in-batch}, with or without the correction for popularity).
 *
 * <p>Source: PWLL paper; UIPS paper (CE); methods 3.2, baselines 2.1.
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
