package hindcast.propensity;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A model of the logging policy over numbered actions, given a context in R^d. */
public sealed interface ContextualHead permits SoftmaxPropensity, TwoTowerPropensity {
  /** P, how many actions it knows. */
  int actions();

  /** The estimate for an action from earlier events. */
  Propensity predict(double[] x, int action);

  /** Learns from one shown action. */
  void update(double[] x, int action);

  /** Lets the uncertainties grow again: {@code M <- rho M + (1 - rho) I}, rho in [0, 1]. */
  void forget(double rho);

  /**
   * Adds an action.
   *
   * @param row the start of its row, as long as a context
   */
  void grow(double[] row);

  /** Writes the complete state; settings are not part of it. */
  void write(DataOutput out) throws IOException;

  /** Replaces the state by one of the same settings that {@link #write} wrote. */
  void read(DataInput in) throws IOException;
}
