package hindcast.objective;

import java.util.Set;

/**
 * IPS over clusters of items: the mean of {@code w_c r}, w_c = π(c|x) / π₀(c|x); c_i = w_c r / n.
 * Unbiased if the reward depends on the item only through its cluster; singleton clusters give IPS.
 *
 * <p>Source: Saito and Joachims 2022; baselines 3.
 */
public record Mips() implements MeanObjective {

  @Override
  public String name() {
    return "MIPS";
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.CLUSTERS);
  }

  @Override
  public Shape shape() {
    return Shape.CLUSTER;
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
