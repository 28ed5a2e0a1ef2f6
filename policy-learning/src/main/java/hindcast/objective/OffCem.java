package hindcast.objective;

import java.util.Set;

/**
 * Doubly robust over clusters: the mean of {@code q̄ + w_c (r − q)}; c = w_c (r − q) / n on the
 * cluster beside the model term. Unbiased if {@code r − q} does not depend on the item within its
 * cluster; singleton clusters give DR.
 *
 * <p>Source: Saito, Ren and Joachims 2023; baselines 3.
 */
public record OffCem() implements MeanObjective {

  @Override
  public String name() {
    return "OFFCEM";
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.CLUSTERS, Field.REWARD_MODEL);
  }

  @Override
  public Shape shape() {
    return Shape.CLUSTER;
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
    return batch.weight(i) * (batch.reward(i) - batch.model(i));
  }
}
