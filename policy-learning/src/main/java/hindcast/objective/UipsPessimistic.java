package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS with weights shrunk by their uncertainty: the mean of {@code φ w r}, φ = e^{−γU}; c = φ w r /
 * n. φ does not depend on Θ, so the gradient is exact.
 *
 * <p>Source: UIPS paper (UIPS-P); baselines 2.1.
 *
 * @param gamma γ, at least 0; 1 to 2 for U of a Dirichlet estimate
 */
public record UipsPessimistic(double gamma) implements MeanObjective {

  public UipsPessimistic {
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("gamma must be at least 0: " + gamma);
    }
  }

  @Override
  public String name() {
    return "UIPS_P";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("gamma", gamma);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.UNCERTAINTY);
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return Math.exp(-gamma * batch.uncertainty(i)) * batch.weight(i) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
