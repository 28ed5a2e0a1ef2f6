package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * A reconstruction, not the published formula: negative samples are used through imputed rewards.
 * The mean of {@code q̄ + w_f (r − q) + η H(π)}, w_f = π / (p + g), q the shrunk mean reward of
 * each item; c = w_f (r − q) / n beside the model term of {@code q − η f}.
 *
 * <p>Source: our definition after Liu et al. 2022; baselines 2.6.
 *
 * @param bias g, added to the propensity, at least 0
 * @param entropy η, weight of the entropy, at least 0
 */
public record Adaptive(double bias, double entropy) implements MeanObjective {

  public Adaptive {
    if (!(bias >= 0)) {
      throw new IllegalArgumentException("g must be at least 0: " + bias);
    }
    if (!(entropy >= 0)) {
      throw new IllegalArgumentException("ent must be at least 0: " + entropy);
    }
  }

  @Override
  public String name() {
    return "ADAPTIVE";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("g", bias, "ent", entropy);
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
  public double entropyWeight() {
    return entropy;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.modelMean(i) + slope(batch, i) + entropy * batch.entropy(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.probability(i) / (batch.propensity(i) + bias) * (batch.reward(i) - batch.model(i));
  }
}
