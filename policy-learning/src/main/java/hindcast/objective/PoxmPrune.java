package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS over the items the logging policy favours: the mean of {@code s w (r − λ)}, s = 1[a ∈ Φ(x)];
 * c is the term over n. Unbiased with λ = 0 if there is no reward outside Φ.
 *
 * <p>Source: Lopez et al. 2021 (POXM), UIPS paper; baselines 2.5.
 *
 * @param baseline λ, the translation of the reward, in [0, 1]
 */
public record PoxmPrune(double baseline) implements MeanObjective {

  public PoxmPrune {
    if (!(baseline >= 0 && baseline <= 1)) {
      throw new IllegalArgumentException("lam must be in [0, 1]: " + baseline);
    }
  }

  @Override
  public String name() {
    return "POXM_PRUNE";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", baseline);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.SELECTION);
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.selected(i) * batch.weight(i) * (batch.reward(i) - baseline);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
