package hindcast.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Adaptive ascent (Duchi, Hazan and Singer 2011): s ← s + g², Θ ← Θ + α g / (√s + ε). */
public final class AdaGrad implements Optimizer {
  private final double epsilon;
  private final double[] squares;

  /** With ε above 0 for a number of parameters. */
  public AdaGrad(double epsilon, int parameters) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be above 0: " + epsilon);
    }
    this.epsilon = epsilon;
    this.squares = new double[parameters];
  }

  @Override
  public void step(double[] theta, double[] gradient, double learningRate) {
    for (int k = 0; k < theta.length; k++) {
      squares[k] += gradient[k] * gradient[k];
      theta[k] += learningRate * gradient[k] / (Math.sqrt(squares[k]) + epsilon);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Doubles.write(squares, out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Doubles.read(squares, in);
  }
}
