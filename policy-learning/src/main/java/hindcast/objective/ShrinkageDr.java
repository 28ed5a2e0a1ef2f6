package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Doubly robust with shrunk weights: the mean of {@code q̄ + λ w (r − q) / (λ + w²)}; c is the
 * second part over n beside the model term. Stop-gradient.
 *
 * <p>Source: Su et al. 2020 (DRos), UIPS paper A.4; baselines 2.3.
 *
 * @param lambda λ, at least 0; 0 is the direct method, ∞ is DR
 */
public record ShrinkageDr(double lambda) implements MeanObjective {

  public ShrinkageDr {
    if (!(lambda >= 0)) {
      throw new IllegalArgumentException("lam must be at least 0: " + lambda);
    }
  }

  @Override
  public String name() {
    return "SHRINK_DR";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", lambda);
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
  public double term(ScoredMinibatch batch, int i) {
    return batch.modelMean(i) + slope(batch, i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    double w = batch.weight(i);
    return Double.isInfinite(lambda) || w == 0
        ? w * (batch.reward(i) - batch.model(i))
        : lambda * w / (lambda + w * w) * (batch.reward(i) - batch.model(i));
  }
}
