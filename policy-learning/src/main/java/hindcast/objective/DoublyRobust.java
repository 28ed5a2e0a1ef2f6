package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Doubly robust: the mean of {@code q̄ + π (r − q) / max(p, τ)}, q̄ = Σ_b π_b q_b; c = π (r − q) /
 * max(p, τ) / n beside the model term. τ = 0 is unclipped.
 *
 * <p>Source: Dudík, Langford and Li 2011; baselines 2.3.
 *
 * @param tau τ, the smallest propensity used, in [0, 1]
 */
public record DoublyRobust(double tau) implements MeanObjective {

  public DoublyRobust {
    if (!(tau >= 0 && tau <= 1)) {
      throw new IllegalArgumentException("tau must be in [0, 1]: " + tau);
    }
  }

  @Override
  public String name() {
    return "DR";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("tau", tau);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.REWARD_MODEL);
  }

  @Override
  public boolean hasModelTerm() {
    return true;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.modelMean(i) + slope(batch, i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.probability(i)
        / Math.max(batch.propensity(i), tau)
        * (batch.reward(i) - batch.model(i));
  }
}
