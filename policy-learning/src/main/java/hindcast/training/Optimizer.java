package hindcast.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Moves parameters uphill along a gradient. The state is complete: writing it, reading it back and
 * going on is the same, bit for bit, as never having stopped.
 */
public sealed interface Optimizer permits Sgd, Momentum, AdaGrad, Adam {
  /**
   * Changes {@code theta} in place.
   *
   * @param theta parameters
   * @param gradient uphill, finite, as long as {@code theta}
   * @param learningRate step size, above 0
   */
  void step(double[] theta, double[] gradient, double learningRate);

  /** Writes the state. */
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote. */
  void read(DataInput in) throws IOException;
}
