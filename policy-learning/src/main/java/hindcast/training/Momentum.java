package hindcast.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Heavy-ball ascent (Polyak 1964): u ← μ u + g, Θ ← Θ + α u. */
public final class Momentum implements Optimizer {
  private final double momentum;
  private final double[] velocity;

  /** With μ in [0, 1) for a number of parameters. */
  public Momentum(double momentum, int parameters) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1): " + momentum);
    }
    this.momentum = momentum;
    this.velocity = new double[parameters];
  }

  @Override
  public void step(double[] theta, double[] gradient, double learningRate) {
    for (int k = 0; k < theta.length; k++) {
      velocity[k] = momentum * velocity[k] + gradient[k];
      theta[k] += learningRate * velocity[k];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Doubles.write(velocity, out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Doubles.read(velocity, in);
  }
}
