package hindcast.objective;

import java.util.Set;

/**
 * The direct method: the mean of {@code q̄ = Σ_b π_b q_b}, a reward model's prediction for the
 * policy. The gradient is the model term alone, Cov_π(q, β), and c = 0. Needs no propensity, and is
 * as good as the model.
 *
 * <p>Source: Dudík, Langford and Li 2011; FOPO paper, section 3; methods 4.1.
 */
public record DirectMethod() implements MeanObjective {

  @Override
  public String name() {
    return "DM";
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.REWARD_MODEL);
  }

  @Override
  public boolean hasModelTerm() {
    return true;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.modelMean(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return 0;
  }
}
