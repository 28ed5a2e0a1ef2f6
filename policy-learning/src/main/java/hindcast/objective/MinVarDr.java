package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Doubly robust with MinVar weights on the residual: mean(q̄) + Σ h w (r − q) / Σ h, h = 1 / max(w,
 * w_floor); c = h w (r − q) / Σ h beside the model term. Stop-gradient. Depends on the minibatch's
 * size. A weight of 0 without a floor makes Σ h infinite: c = 0, and the model term is left.
 *
 * <p>Source: UIPS paper A.4 (MinVarDR); baselines 2.3.
 *
 * @param weightFloor w_floor, at least 0
 */
public record MinVarDr(double weightFloor) implements Objective {

  public MinVarDr {
    if (!(weightFloor >= 0)) {
      throw new IllegalArgumentException("wfloor must be at least 0: " + weightFloor);
    }
  }

  @Override
  public String name() {
    return "MINVAR_DR";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("wfloor", weightFloor);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.REWARD_MODEL);
  }

  @Override
  public boolean hasModelTerm() {
    return true;
  }

  @Override
  public boolean trueGradient() {
    return false;
  }

  @Override
  public double value(ScoredMinibatch batch) {
    double[] c = new double[batch.size()];
    coefficients(batch, c);
    double value = 0;
    for (int i = 0; i < batch.size(); i++) {
      value += batch.modelMean(i) / batch.size() + c[i];
    }
    return value;
  }

  @Override
  public void coefficients(ScoredMinibatch batch, double[] c) {
    double total = 0;
    for (int i = 0; i < batch.size(); i++) {
      total += h(batch, i);
    }
    for (int i = 0; i < batch.size(); i++) {
      double share = total < Double.POSITIVE_INFINITY ? h(batch, i) / total : 0;
      c[i] = share * batch.weight(i) * (batch.reward(i) - batch.model(i));
    }
  }

  private double h(ScoredMinibatch batch, int i) {
    return 1 / Math.max(batch.weight(i), weightFloor);
  }
}
