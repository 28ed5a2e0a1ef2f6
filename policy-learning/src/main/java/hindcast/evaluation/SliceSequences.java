package hindcast.evaluation;

import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import hindcast.interval.ValueSequence;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The confidence sequences of one slice: of its value and of its difference to the logging policy.
 * Each covers at all times at once with probability 1 - alpha, so it may be watched all day.
 *
 * <p>Valid where the propensities are those of decision time: absent from the first outcome on
 * whose propensity was estimated. Outcomes enter as they stood when their window closed;
 * corrections do not, for a sequence cannot take an observation back. Order matters and states do
 * not merge.
 */
public final class SliceSequences {
  private final ValueSequence value;
  private final DifferenceSequence difference;
  private boolean valid = true;

  /** Two sequences at this level each, in (0, 1). */
  public SliceSequences(double alpha) {
    value = new ValueSequence(alpha);
    difference = new DifferenceSequence(alpha);
  }

  /** Adds the next outcome. */
  public void add(ScoredOutcome outcome) {
    valid &= outcome.scored().uncertainty() == 0;
    if (valid) {
      value.add(outcome.scored().weight(), outcome.scored().reward());
      difference.add(outcome.scored().weight(), outcome.scored().reward());
    }
  }

  /** The interval of the value, rewards in [0, 1]; absent where it is not valid. */
  public Optional<Interval> value() {
    return valid && value.n() > 0 ? Optional.of(value.interval()) : Optional.empty();
  }

  /** The interval of the difference to the logging policy; absent where it is not valid. */
  public Optional<Interval> difference() {
    return valid && difference.n() > 0 ? Optional.of(difference.interval()) : Optional.empty();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    value.write(out);
    difference.write(out);
    out.writeBoolean(valid);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    value.read(in);
    difference.read(in);
    valid = in.readBoolean();
  }
}
