package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A lower confidence sequence for the mean of observations X of at least 0 whose mean is at most 1,
 * without an upper bound: with probability 1 - alpha the bound is below the mean at all times at
 * once.
 *
 * <p>Order matters and states do not merge: one instance in one place for each stream.
 */
public sealed interface LowerSequence permits MixtureSequence, PlugInSequence {
  /** Adds one observation, finite and at least 0. */
  void add(double x);

  /** The bound now, at least 0. */
  double lower();

  /** Observations so far. */
  long n();

  /** Writes the complete state. */
  void write(DataOutput out) throws IOException;

  /** Replaces the state by one that {@link #write} wrote. */
  void read(DataInput in) throws IOException;
}
