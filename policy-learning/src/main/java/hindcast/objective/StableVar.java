package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS averaged with weights h that stabilise its variance: value = Σ h w r / Σ h.
 *
 * <ul>
 *   <li>{@code EVENT} (STABLEVAR): h = max(w, w_floor)^{−1/2}; c = h w r / Σ h. Stop-gradient.
 *   <li>{@code CONTEXT} (STABLEVAR_CTX): h = V(x)^{−1/2}, V(x) = Σ_b π_b² / π₀_b. Stop-gradient.
 *   <li>{@code FULL} (STABLEVAR_FULL): EVENT with its true derivative c = [√w r + V w^{−1/2}] / (2
 *       Σ w^{−1/2}); for reference, not for learning.
 * </ul>
 *
 * <p>Where Σ h is infinite (w = 0 without a floor) or 0 there is no value: 0, and c = 0.
 *
 * <p>Not a value estimate. Depends on the minibatch's size.
 *
 * <p>Source: UIPS paper (stableVar), Zhan et al. 2021; baselines 2.1.
 *
 * @param form which of the three
 * @param weightFloor w_floor, at least 0
 */
public record StableVar(MinVar.Form form, double weightFloor) implements Objective {

  public StableVar {
    if (!(weightFloor >= 0)) {
      throw new IllegalArgumentException("wfloor must be at least 0: " + weightFloor);
    }
  }

  @Override
  public String name() {
    return switch (form) {
      case EVENT -> "STABLEVAR";
      case CONTEXT -> "STABLEVAR_CTX";
      case FULL -> "STABLEVAR_FULL";
    };
  }

  @Override
  public Map<String, Double> parameters() {
    return form == MinVar.Form.CONTEXT ? Map.of() : Map.of("wfloor", weightFloor);
  }

  @Override
  public Set<Field> needs() {
    return form == MinVar.Form.CONTEXT
        ? Objective.fields(Field.PROPENSITY, Field.LOGGING_ROW)
        : Objective.fields(Field.PROPENSITY);
  }

  @Override
  public boolean trueGradient() {
    return form == MinVar.Form.FULL;
  }

  private double h(ScoredMinibatch batch, int i) {
    return form == MinVar.Form.CONTEXT
        ? Math.sqrt(batch.inverseWeightVariance(i))
        : 1 / Math.sqrt(Math.max(batch.weight(i), weightFloor));
  }

  private double sumOfH(ScoredMinibatch batch) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += h(batch, i);
    }
    return sum;
  }

  /** h / Σ h; 0 where Σ h is 0 or infinite. */
  private double share(ScoredMinibatch batch, int i, double total) {
    return total > 0 && total < Double.POSITIVE_INFINITY ? h(batch, i) / total : 0;
  }

  @Override
  public double value(ScoredMinibatch batch) {
    double total = sumOfH(batch);
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += share(batch, i, total) * batch.weight(i) * batch.reward(i);
    }
    return sum;
  }

  @Override
  public void coefficients(ScoredMinibatch batch, double[] c) {
    double total = sumOfH(batch);
    double value = form == MinVar.Form.FULL ? value(batch) : 0;
    for (int i = 0; i < batch.size(); i++) {
      double term = share(batch, i, total) * batch.weight(i) * batch.reward(i);
      c[i] = form == MinVar.Form.FULL ? (term + value * share(batch, i, total)) / 2 : term;
    }
  }
}
