package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS of the translated reward: the mean of {@code w (r − l)}; c = w (r − l) / n. Scan l and keep
 * the model whose SNIPS is best.
 *
 * <p>Source: Joachims, Swaminathan and de Rijke 2018; methods 3.1.
 *
 * @param baseline l, the translation, in [0, 1]
 */
public record BanditNet(double baseline) implements MeanObjective {

  public BanditNet {
    if (!(baseline >= 0 && baseline <= 1)) {
      throw new IllegalArgumentException("baseline must be in [0, 1]: " + baseline);
    }
  }

  @Override
  public String name() {
    return "BANDITNET";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("baseline", baseline);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY);
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.weight(i) * (batch.reward(i) - baseline);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
