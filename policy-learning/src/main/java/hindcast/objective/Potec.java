package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * The first stage of the two-stage policy, a softmax over clusters c: the mean of {@code w_c (r −
 * f) + Σ_c π₁(c|x) f₂(x, c)}; c_i = (w_c (r − f) + ι) / n beside the model term. The catalogue
 * holds clusters, f is the prediction for the logged item and f₂ that for the best item of each
 * cluster.
 *
 * <p>Source: Saito, Yao and Joachims 2025; baselines 3.
 *
 * @param imitation ι, weight of log π₁ of the logged cluster, at least 0
 */
public record Potec(double imitation) implements MeanObjective {

  public Potec {
    if (!(imitation >= 0)) {
      throw new IllegalArgumentException("imit must be at least 0: " + imitation);
    }
  }

  @Override
  public String name() {
    return "POTEC";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("imit", imitation);
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
  public double term(ScoredMinibatch batch, int i) {
    double imitated = imitation == 0 ? 0 : imitation * batch.logProbability(i);
    return batch.modelMean(i) + batch.weight(i) * (batch.reward(i) - batch.model(i)) + imitated;
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.weight(i) * (batch.reward(i) - batch.model(i)) + imitation;
  }
}
