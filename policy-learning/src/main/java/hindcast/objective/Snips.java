package hindcast.objective;

import java.util.Set;

/**
 * Self-normalised IPS over the minibatch: v = Σ w r / Σ w; c = w (r − v) / Σ w. Adding a number to
 * every reward adds it to v and leaves the gradient. If every weight is 0 there is no value: v = 0
 * and c = 0.
 *
 * <p>The objective depends on the minibatch's size.
 *
 * <p>Source: Swaminathan and Joachims 2015; methods 3.1.
 */
public record Snips() implements Objective {
  @Override
  public String name() {
    return "SNIPS";
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY);
  }

  @Override
  public double value(ScoredMinibatch batch) {
    double weights = 0;
    double rewards = 0;
    for (int i = 0; i < batch.size(); i++) {
      weights += batch.weight(i);
      rewards += batch.weight(i) * batch.reward(i);
    }
    return weights == 0 ? 0 : rewards / weights;
  }

  @Override
  public void coefficients(ScoredMinibatch batch, double[] c) {
    double v = value(batch);
    double weights = 0;
    for (int i = 0; i < batch.size(); i++) {
      weights += batch.weight(i);
    }
    for (int i = 0; i < batch.size(); i++) {
      c[i] = weights == 0 ? 0 : batch.weight(i) * (batch.reward(i) - v) / weights;
    }
  }
}
