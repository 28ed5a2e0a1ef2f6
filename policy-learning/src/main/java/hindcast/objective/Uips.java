package hindcast.objective;

import hindcast.propensity.UipsWeight;
import java.util.Map;
import java.util.Set;

/**
 * IPS with weights scaled by the factor φ* that minimises a bound of the mean squared error for the
 * worst logging policy within the uncertainty of its estimate: the mean of {@code φ* w r}; c = φ* w
 * r / n, φ* of {@link UipsWeight} held constant (stop-gradient).
 *
 * <p>Source: UIPS paper, Theorem 3.2; methods 5.1.
 *
 * @param factor φ*
 */
public record Uips(UipsWeight factor) implements MeanObjective {

  @Override
  public String name() {
    return "UIPS";
  }

  @Override
  public Map<String, Double> parameters() {
    return parameters(factor);
  }

  static Map<String, Double> parameters(UipsWeight factor) {
    return Map.of(
        "lam",
        factor.lambda(),
        "eta1",
        factor.eta1(),
        "eta2",
        factor.eta2(),
        "gamma",
        factor.gamma());
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
  public boolean trueGradient() {
    return false;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return factor.weight(batch.weight(i), batch.uncertainty(i)) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
