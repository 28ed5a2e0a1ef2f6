package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Top-K correction: the mean of {@code (1 − (1 − π)^K) r / p}, the probability that the item is
 * among K draws; c = K (1 − π)^{K−1} w r / n. K = 1 is IPS.
 *
 * <p>Source: Chen et al. 2019; baselines 2.1.
 *
 * @param size K, the length of the list, at least 1
 */
public record TopK(int size) implements MeanObjective {

  public TopK {
    if (!(size >= 1)) {
      throw new IllegalArgumentException("K must be at least 1: " + size);
    }
  }

  @Override
  public String name() {
    return "TOPK";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("K", (double) size);
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
    return -Math.expm1(size * Math.log1p(-batch.probability(i)))
        * batch.reward(i)
        / batch.propensity(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return size * Math.pow(1 - batch.probability(i), size - 1) * batch.weight(i) * batch.reward(i);
  }
}
