package hindcast.training;

import java.io.DataInput;
import java.io.DataOutput;

/** Gradient ascent: Θ ← Θ + α g. Without state. */
public final class Sgd implements Optimizer {
  @Override
  public void step(double[] theta, double[] gradient, double learningRate) {
    for (int k = 0; k < theta.length; k++) {
      theta[k] += learningRate * gradient[k];
    }
  }

  @Override
  public void write(DataOutput out) {}

  @Override
  public void read(DataInput in) {}
}
