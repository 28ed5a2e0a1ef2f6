package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.DoubleFunction;

/**
 * Confidence sequence for the difference {@code Delta = V(pi) - V(pi0)} to the logging policy on
 * the same stream: covers Delta at all times at once with probability 1 - alpha.
 *
 * <pre>
 * X = (1 + (w - 1) r) / 2           E[X] = (1 + Delta) / 2
 * Y = (1 + (w - 1)(1 - r)) / 2      E[Y] = (1 - Delta) / 2
 * Delta in [2 L_X - 1, 1 - 2 L_Y]   each lower sequence at alpha / 2
 * </pre>
 *
 * <p>Both are at least 0 whatever the weight; the pairing removes the noise that both policies
 * share.
 *
 * <p>To another policy d than the logging one, with its weight w_d on the same event:
 *
 * <pre>
 * X = (w r + w_d (1 - r)) / 2       E[X] = (1 + V(pi) - V(d)) / 2
 * Y = (w_d r + w (1 - r)) / 2       E[Y] = (1 - V(pi) + V(d)) / 2
 * </pre>
 *
 * <p>which needs no bound on either weight, only E[w] = E[w_d] = 1: both policies choose no item
 * the log never shows. With w_d = 1 it is the form above. The paired {@code (1 + (w - w_d) r) / 2}
 * has less noise but is below 0 where w_d is above 1 + w, so that no sequence here is valid for it.
 */
public final class DifferenceSequence {
  private final LowerSequence better;
  private final LowerSequence worse;

  /** The gamma-exponential mixture, which is the default. */
  public DifferenceSequence(double alpha) {
    this(alpha, MixtureSequence::new);
  }

  /**
   * @param alpha probability of ever missing the difference, in (0, 1)
   * @param sequence makes a lower sequence for a level
   */
  public DifferenceSequence(double alpha, DoubleFunction<? extends LowerSequence> sequence) {
    better = sequence.apply(alpha / 2);
    worse = sequence.apply(alpha / 2);
  }

  /** Adds one event: weight w of at least 0, reward r in [0, 1]. */
  public void add(double weight, double reward) {
    WeightedReward.check(weight, reward);
    better.add((1 + (weight - 1) * reward) / 2);
    worse.add((1 + (weight - 1) * (1 - reward)) / 2);
  }

  /** Adds one event for the difference to a policy whose weight on it is the other weight. */
  public void add(double weight, double otherWeight, double reward) {
    WeightedReward.check(weight, reward);
    WeightedReward.check(otherWeight, reward);
    better.add((weight * reward + otherWeight * (1 - reward)) / 2);
    worse.add((otherWeight * reward + weight * (1 - reward)) / 2);
  }

  /** The interval now. */
  public Interval interval() {
    return Ends.ordered(2 * better.lower() - 1, 1 - 2 * worse.lower());
  }

  /**
   * Events in all after which the lower end passes a margin, if those to come are like those so
   * far; infinite where their mean difference is not above it.
   *
   * @param margin in [-1, 1)
   * @throws UnsupportedOperationException unless the sequence is the mixture, which alone foretells
   */
  public double eventsToExceed(double margin) {
    if (better instanceof MixtureSequence mixture) {
      return mixture.observationsToExclude((1 + margin) / 2);
    }
    throw new UnsupportedOperationException(
        "only the mixture foretells its bound: make the sequence with DifferenceSequence(alpha)");
  }

  /** Events so far. */
  public long n() {
    return better.n();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    better.write(out);
    worse.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    better.read(in);
    worse.read(in);
  }
}
