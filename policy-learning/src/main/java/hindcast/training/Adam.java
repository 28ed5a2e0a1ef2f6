package hindcast.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Adam (Kingma and Ba 2015), ascending, with bias correction:
 *
 * <pre>
 *   m ← β₁ m + (1 − β₁) g      v ← β₂ v + (1 − β₂) g²      t ← t + 1
 *   Θ ← Θ + α · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
 * </pre>
 */
public final class Adam implements Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double[] first;
  private final double[] second;
  private long steps;

  /**
   * A fresh optimiser.
   *
   * @param beta1 β₁, in [0, 1)
   * @param beta2 β₂, in [0, 1)
   * @param epsilon ε, above 0
   * @param parameters how many
   */
  public Adam(double beta1, double beta2, double epsilon, int parameters) {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "beta1 and beta2 must be in [0, 1): " + beta1 + ", " + beta2);
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be above 0: " + epsilon);
    }
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.first = new double[parameters];
    this.second = new double[parameters];
  }

  @Override
  public void step(double[] theta, double[] gradient, double learningRate) {
    steps++;
    double correction1 = -Math.expm1(steps * Math.log(beta1));
    double correction2 = -Math.expm1(steps * Math.log(beta2));
    for (int k = 0; k < theta.length; k++) {
      first[k] = beta1 * first[k] + (1 - beta1) * gradient[k];
      second[k] = beta2 * second[k] + (1 - beta2) * gradient[k] * gradient[k];
      theta[k] +=
          learningRate * (first[k] / correction1) / (Math.sqrt(second[k] / correction2) + epsilon);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(steps);
    Doubles.write(first, out);
    Doubles.write(second, out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    steps = in.readLong();
    Doubles.read(first, in);
    Doubles.read(second, in);
  }
}
