package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * IPS under the worst logging policy within a factor e^α: the mean of {@code π r / p_u}, p_u =
 * min(e^α p, 1 − e^{−α}(1 − p)) for r ≥ 0; c is the term over n. α = 0 is IPS. The shape of the
 * uncertainty set is our reading.
 *
 * <p>Source: Xu et al. (IPS-UN), UIPS paper A.6; baselines 2.4.
 *
 * @param alpha α, log of the largest factor, at least 0
 */
public record IpsUn(double alpha) implements MeanObjective {

  public IpsUn {
    if (!(alpha >= 0)) {
      throw new IllegalArgumentException("alpha must be at least 0: " + alpha);
    }
  }

  @Override
  public String name() {
    return "IPS_UN";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("alpha", alpha);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY);
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  private double pessimistic(double p) {
    return Math.min(Math.exp(alpha) * p, 1 - Math.exp(-alpha) * (1 - p));
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.probability(i) * batch.reward(i) / pessimistic(batch.propensity(i));
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
