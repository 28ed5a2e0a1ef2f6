package hindcast.objective;

import java.util.Map;
import java.util.Set;

/**
 * Policy optimiser for exponential models: clipped IPS minus its own standard error.
 *
 * <pre>
 *   u = min(w, M) r     m = mean(u)     value = m − λ √(var(u)/n)
 *   u' = 1[w &lt; M] w r  c = u'/n − λ / (√n √var) · (u − m) u' / (n − 1)
 * </pre>
 *
 * <p>With one event, or when all u are equal, the second part is left out.
 *
 * <p>Source: Swaminathan and Joachims 2015; methods 3.1.
 *
 * @param lambda λ, at least 0
 * @param cap M, above 0
 */
public record Poem(double lambda, double cap) implements Objective {

  public Poem {
    if (!(lambda >= 0 && cap > 0)) {
      throw new IllegalArgumentException(
          "POEM needs lam at least 0 and M above 0: " + lambda + ", " + cap);
    }
  }

  @Override
  public String name() {
    return "POEM";
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of("lam", lambda, "M", cap);
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY);
  }

  @Override
  public double value(ScoredMinibatch batch) {
    double mean = mean(batch);
    return mean - lambda * Math.sqrt(variance(batch, mean) / batch.size());
  }

  @Override
  public void coefficients(ScoredMinibatch batch, double[] c) {
    int n = batch.size();
    double mean = mean(batch);
    double variance = variance(batch, mean);
    double penalty = variance > 0 ? lambda / Math.sqrt(n * variance) / (n - 1) : 0;
    for (int i = 0; i < n; i++) {
      double slope = batch.weight(i) < cap ? batch.weight(i) * batch.reward(i) : 0;
      c[i] = slope / n - penalty * (clipped(batch, i) - mean) * slope;
    }
  }

  private double clipped(ScoredMinibatch batch, int i) {
    return Math.min(batch.weight(i), cap) * batch.reward(i);
  }

  private double mean(ScoredMinibatch batch) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += clipped(batch, i);
    }
    return sum / batch.size();
  }

  private double variance(ScoredMinibatch batch, double mean) {
    if (batch.size() < 2) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      double deviation = clipped(batch, i) - mean;
      sum += deviation * deviation;
    }
    return sum / (batch.size() - 1);
  }
}
