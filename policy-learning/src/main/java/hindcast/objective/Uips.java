package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS with weights scaled by the factor φ that minimises a bound of the mean squared error for the
 * worst logging policy within the uncertainty of its estimate: the mean of {@code φ w r}; c = φ w r
 * / n, φ held constant (stop-gradient).
 *
 * <pre>
 *   e = e^{−γU}     φ* = min{ λ η₁ e / (λ e² + η₁² w²),  2 η₂ / (e^{γU} + e^{−γU}) }
 * </pre>
 *
 * <p>U = 0 and η₁ = η₂ = 1 gives shrinkage, λ w / (λ + w²). A large η₂ (100) works best.
 *
 * <p>Source: UIPS paper, Theorem 3.2; methods 5.1.
 *
 * @param lambda λ, weight of the bias, above 0
 * @param eta1 η₁, above 0
 * @param eta2 η₂, above 0
 * @param gamma γ, width of the interval in standard deviations, at least 0
 */
public record Uips(double lambda, double eta1, double eta2, double gamma) implements MeanObjective {

  public Uips {
    if (!(lambda > 0 && eta1 > 0 && eta2 > 0 && gamma >= 0)) {
      throw new IllegalArgumentException(
          "UIPS needs lam, eta1, eta2 above 0 and gamma at least 0: "
              + lambda
              + ", "
              + eta1
              + ", "
              + eta2
              + ", "
              + gamma);
    }
  }

  /** φ*(w, U), in [0, η₂]; 0 for w = 0, where it does not matter. */
  public double phi(double weight, double uncertainty) {
    if (weight == 0) {
      return 0;
    }
    double e = Math.exp(-gamma * uncertainty);
    double first = lambda * eta1 * e / (lambda * e * e + eta1 * eta1 * weight * weight);
    return Math.min(first, eta2 / Math.cosh(gamma * uncertainty));
  }

  @Override
  public String name() {
    return "UIPS";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", lambda, "eta1", eta1, "eta2", eta2, "gamma", gamma);
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
    double w = batch.weight(i);
    return phi(w, batch.uncertainty(i)) * w * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
