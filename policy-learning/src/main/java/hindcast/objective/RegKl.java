package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Maximum likelihood projection of π₀ e^{r/κ}: the mean of {@code exp((r − r_max)/κ) log π}; c is
 * the factor over n. Strongly concave with L2; events without reward keep a weight (imitation).
 *
 * <p>r_max is 0 unless {@code r/κ} could overflow (above 700); it divides the objective but not the
 * L2 term, so it moves the optimum.
 *
 * <p>Source: PWLL paper; methods 3.2.
 *
 * @param kappa κ, the KL temperature, above 0
 * @param largest r_max, in [0, 1]
 */
public record RegKl(double kappa, double largest) implements MeanObjective {

  public RegKl {
    if (!(kappa > 0)) {
      throw new IllegalArgumentException("kl_beta must be above 0: " + kappa);
    }
    if (!(largest >= 0 && largest <= 1)) {
      throw new IllegalArgumentException("rmax must be in [0, 1]: " + largest);
    }
  }

  @Override
  public String name() {
    return "REGKL";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("kl_beta", kappa, "rmax", largest);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields();
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return slope(batch, i) * batch.logProbability(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return Math.exp((batch.reward(i) - largest) / kappa);
  }
}
