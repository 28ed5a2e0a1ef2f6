package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * The value of the policy restricted to the items the logging policy favours: Σ s w_Φ (r − λ) / Σ
 * s, s = 1[a ∈ Φ(x)], w_Φ = (π/π(Φ)) / (p/π₀(Φ)); c = s w_Φ (r − λ) / Σ s along β_a − β̄^Φ. Costs
 * |Φ| items an event, not P. Without a selected event there is no value: 0, and c = 0.
 *
 * <p>Source: Lopez et al. 2021 (POXM, sIS); baselines 2.5 (the normalisation is derived).
 *
 * @param baseline λ, the translation of the reward, in [0, 1]
 */
public record PoxmSis(double baseline) implements Objective {

  public PoxmSis {
    if (!(baseline >= 0 && baseline <= 1)) {
      throw new IllegalArgumentException("lam must be in [0, 1]: " + baseline);
    }
  }

  @Override
  public String name() {
    return "POXM_SIS";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", baseline);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.SELECTION, Field.SELECTION_PROPENSITY);
  }

  @Override
  public Shape shape() {
    return Shape.SELECTION;
  }

  @Override
  public double value(ScoredMinibatch batch) {
    double[] c = new double[batch.size()];
    coefficients(batch, c);
    double value = 0;
    for (double part : c) {
      value += part;
    }
    return value;
  }

  @Override
  public void coefficients(ScoredMinibatch batch, double[] c) {
    double selected = 0;
    for (int i = 0; i < batch.size(); i++) {
      selected += batch.selected(i);
    }
    for (int i = 0; i < batch.size(); i++) {
      c[i] = batch.selected(i) == 0 ? 0 : batch.weight(i) * (batch.reward(i) - baseline) / selected;
    }
  }
}
