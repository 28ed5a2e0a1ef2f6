package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS averaged with weights h that make its variance small: value = Σ h w r / Σ h.
 *
 * <ul>
 *   <li>{@code EVENT} (MINVAR): h = 1 / max(w, w_floor), so value = Σ r / Σ (1/w) and c = r / Σ
 *       (1/w). Stop-gradient.
 *   <li>{@code CONTEXT} (MINVAR_CTX): h = 1 / V(x), V(x) = Σ_b π_b² / π₀_b; c = h w r / Σ h.
 *       Stop-gradient.
 *   <li>{@code FULL} (MINVAR_FULL): EVENT with its true derivative c = V (1/w) / Σ (1/w), which
 *       pushes up every logged item alike; for reference, not for learning.
 * </ul>
 *
 * <p>Where Σ h is infinite (w = 0 without a floor) or 0 there is no value: 0, and c = 0.
 *
 * <p>Not a value estimate: it goes to 0 for a sharp target. Depends on the minibatch's size.
 *
 * <p>Source: UIPS paper (MinVar), Zhan et al. 2021; baselines 2.1.
 *
 * @param form which of the three
 * @param weightFloor w_floor, at least 0
 */
public record MinVar(Form form, double weightFloor) implements Objective {

  /** How h is made. */
  public enum Form {
    /** From the event's own weight. */
    EVENT,
    /** From the whole row of the logging policy. */
    CONTEXT,
    /** From the event's own weight, differentiated through. */
    FULL
  }

  public MinVar {
    if (!(weightFloor >= 0)) {
      throw new IllegalArgumentException("wfloor must be at least 0: " + weightFloor);
    }
  }

  @Override
  public String name() {
    return switch (form) {
      case EVENT -> "MINVAR";
      case CONTEXT -> "MINVAR_CTX";
      case FULL -> "MINVAR_FULL";
    };
  }

  @Override
  public Map<String, Double> parameters() {
    return form == Form.CONTEXT ? Map.of() : Map.of("wfloor", weightFloor);
  }

  @Override
  public Set<Field> needs() {
    return form == Form.CONTEXT
        ? Objective.fields(Field.PROPENSITY, Field.LOGGING_ROW)
        : Objective.fields(Field.PROPENSITY);
  }

  @Override
  public boolean trueGradient() {
    return form == Form.FULL;
  }

  private double h(ScoredMinibatch batch, int i) {
    return form == Form.CONTEXT
        ? batch.inverseWeightVariance(i)
        : 1 / Math.max(batch.weight(i), weightFloor);
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
    double value = form == Form.FULL ? value(batch) : 0;
    for (int i = 0; i < batch.size(); i++) {
      c[i] =
          form == Form.FULL
              ? value * share(batch, i, total)
              : share(batch, i, total) * batch.weight(i) * batch.reward(i);
    }
  }
}
