package hindcast.objective;

import hindcast.propensity.UipsWeight;
import java.util.Map;
import java.util.Set;

/**
 * Doubly robust with UIPS weights: the mean of {@code q̄ + φ* w (r − q)}; c = φ* w (r − q) / n
 * beside the model term, φ* of {@link UipsWeight} held constant (stop-gradient). U = 0 and η₁ = 1
 * gives {@link ShrinkageDr}.
 *
 * <p>Source: UIPS paper A.4; baselines 2.3.
 *
 * @param factor φ*
 */
public record UipsDr(UipsWeight factor) implements MeanObjective {
  @Override
  public String name() {
    return "UIPS_DR";
  }

  @Override
  public Map<String, Double> parameters() {
    return Uips.parameters(factor);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.UNCERTAINTY, Field.REWARD_MODEL);
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
  public double term(ScoredMinibatch batch, int i) {
    return batch.modelMean(i) + slope(batch, i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return factor.weight(batch.weight(i), batch.uncertainty(i))
        * (batch.reward(i) - batch.model(i));
  }
}
