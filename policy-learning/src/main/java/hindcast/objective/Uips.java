package hindcast.objective;

import hindcast.propensity.UipsWeight;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * IPS with weights scaled by the factor φ* that minimises a bound of the mean squared error for the
 * worst logging policy within the uncertainty of its estimate: the mean of {@code φ* w r}; c = φ* w
 * r / n, φ* of {@link UipsWeight} held constant (stop-gradient).
 *
 * <p>Warm start: in a learner's first steps min(w, M) stands for φ* w, as in the authors' runs on
 * real data, where it does for the first epoch.
 *
 * <p>Source: UIPS paper, Theorem 3.2; methods 5.1; baselines 5.
 *
 * @param factor φ*
 * @param warmupCap M, the largest weight of the first steps, above 0
 * @param warmupSteps how many steps are the first, at least 0; 0 for no warm start
 */
public record Uips(UipsWeight factor, double warmupCap, int warmupSteps) implements MeanObjective {

  public Uips {
    if (!(warmupCap > 0)) {
      throw new IllegalArgumentException("warmup_cap must be above 0: " + warmupCap);
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException("warmup_steps must be at least 0: " + warmupSteps);
    }
  }

  @Override
  public String name() {
    return "UIPS";
  }

  @Override
  public Map<String, Double> parameters() {
    Map<String, Double> all = new TreeMap<>(parameters(factor));
    all.put("warmup_cap", warmupCap);
    all.put("warmup_steps", (double) warmupSteps);
    return all;
  }

  static Map<String, Double> parameters(UipsWeight factor) {
    return Map.of(
        "lam",
        factor.lambda(),
        "eta1",
        factor.eta1(),
        "eta2",
        factor.eta2(),
        "gamma",
        factor.gamma());
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY, Field.UNCERTAINTY);
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
    double w = batch.weight(i);
    double used =
        batch.step() < warmupSteps
            ? Math.min(w, warmupCap)
            : factor.weight(w, batch.uncertainty(i));
    return used * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return term(batch, i);
  }
}
