package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.DoubleFunction;

/**
 * Confidence sequence for the value of a policy: covers V at all times at once with probability 1 -
 * alpha.
 *
 * <p>Lower end: {@link LowerSequence} of {@code X = w r}. Upper end: 1 minus that of {@code Y = w
 * (1 - r)}. Each at alpha / 2; no bound on the weights is needed. Valid while the logging policy
 * changes, if propensities are those of decision time.
 */
public final class ValueSequence {
  private final LowerSequence rewarded;
  private final LowerSequence missed;

  /** The gamma-exponential mixture, which is the default. */
  public ValueSequence(double alpha) {
    this(alpha, MixtureSequence::new);
  }

  /**
   * @param alpha probability of ever missing the value, in (0, 1)
   * @param sequence makes a lower sequence for a level
   */
  public ValueSequence(double alpha, DoubleFunction<? extends LowerSequence> sequence) {
    rewarded = sequence.apply(alpha / 2);
    missed = sequence.apply(alpha / 2);
  }

  /** Adds one event: weight w of at least 0, reward r in [0, 1]. */
  public void add(double weight, double reward) {
    WeightedReward.check(weight, reward);
    rewarded.add(weight * reward);
    missed.add(weight * (1 - reward));
  }

  /** The interval now, within [0, 1] when the weights average 1. */
  public Interval interval() {
    return Ends.ordered(rewarded.lower(), 1 - missed.lower());
  }

  /** Events so far. */
  public long n() {
    return rewarded.n();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    rewarded.write(out);
    missed.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    rewarded.read(in);
    missed.read(in);
  }
}
