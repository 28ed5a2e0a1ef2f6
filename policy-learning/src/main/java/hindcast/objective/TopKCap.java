package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Top-K correction with a cap on the weight: the mean of {@code min(w, M) K (1 − π)^{K−1} r}; c is
 * the term over n. Stop-gradient.
 *
 * <p>Source: Chen et al. 2019; baselines 2.1.
 *
 * @param size K, the length of the list, at least 1
 * @param cap M, the largest weight, above 0
 */
public record TopKCap(int size, double cap) implements MeanObjective {

  public TopKCap {
    if (!(size >= 1)) {
      throw new IllegalArgumentException("K must be at least 1: " + size);
    }
    if (!(cap > 0)) {
      throw new IllegalArgumentException("M must be above 0: " + cap);
    }
  }

  @Override
  public String name() {
    return "TOPK_CAP";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("K", (double) size, "M", cap);
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
  public boolean trueGradient() {
    return false;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return Math.min(batch.weight(i), cap)
        * size
        * Math.pow(1 - batch.probability(i), size - 1)
        * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
