package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Logarithmic smoothing, linear in the policy: the mean of {@code π log(1 + λ r / p) / λ}; c is the
 * term over n. At most LS.
 *
 * <p>Source: Sakhi et al. 2024; methods 2.2 and 3.1.
 *
 * @param lambda λ, above 0; 1/√n is usual
 */
public record LinearLogarithmicSmoothing(double lambda) implements MeanObjective {

  public LinearLogarithmicSmoothing {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lam must be above 0: " + lambda);
    }
  }

  @Override
  public String name() {
    return "LS_LIN";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", lambda);
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
    return batch.probability(i)
        * Math.log1p(lambda * batch.reward(i) / batch.propensity(i))
        / lambda;
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
