package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Clipped IPS with a floor under the propensity: the mean of {@code π r / max(p, τ)}; c is the term
 * over n. τ = 0 is IPS.
 *
 * <p>Source: PWLL and FOPO papers; methods 3.1.
 *
 * @param tau τ, the smallest propensity used, in [0, 1]
 */
public record FlooredIps(double tau) implements MeanObjective {

  public FlooredIps {
    if (!(tau >= 0 && tau <= 1)) {
      throw new IllegalArgumentException("tau must be in [0, 1]: " + tau);
    }
  }

  @Override
  public String name() {
    return "CIPS_FLOOR";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("tau", tau);
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
    return batch.probability(i) * batch.reward(i) / Math.max(batch.propensity(i), tau);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
