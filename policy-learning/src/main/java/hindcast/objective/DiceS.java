package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Tabular stationary ratio: the mean of {@code min(ζ, M) r}, ζ = π n(s) / n(s, a), the counts those
 * of the minibatch; c is the term over n. Stop-gradient. Needs no propensity. With M = ∞ the value
 * is the tabular direct method.
 *
 * <p>Source: UIPS paper A.5 (DICE-S); baselines 2.2.
 *
 * @param cap M, the largest weight, above 0
 */
public record DiceS(double cap) implements MeanObjective {

  public DiceS {
    if (!(cap > 0)) {
      throw new IllegalArgumentException("M must be above 0: " + cap);
    }
  }

  @Override
  public String name() {
    return "DICE_S";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("M", cap);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.STATE);
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  @Override
  public boolean trueGradient() {
    return false;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return Math.min(batch.probability(i) * batch.inverseFrequency(i), cap) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
