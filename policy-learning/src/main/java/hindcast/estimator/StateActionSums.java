package hindcast.estimator;

import hindcast.numeric.CompensatedSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts n(s) and n(s, a) and sums of rewards by (s, a), for {@link TabularStationaryRatio}; an
 * event counts with a weight, 1 or that of its decay.
 *
 * <p>A finite cap needs the sum of rewards of each distinct pi(a|s), which is one unless the policy
 * looks beyond s; without a cap {@code sum pi r} of each (s, a) is enough. Flat arrays: an event of
 * a known (s, a, pi) allocates nothing. Memory grows with the keys seen.
 */
final class StateActionSums {
  private static final long ANY = -1;

  private final double cap;
  private final StringIndex segments = new StringIndex();
  private final StringIndex items = new StringIndex();
  private final PairIndex cells = new PairIndex();
  private final PairIndex probabilities = new PairIndex();
  private final CompensatedSums visits = new CompensatedSums(0);
  private final CompensatedSums counts = new CompensatedSums(0);
  private final CompensatedSums rewards = new CompensatedSums(0);
  private final CompensatedSums total = new CompensatedSums(1);

  StateActionSums(double cap) {
    this.cap = cap;
  }

  void add(ScoredFeedback f, double weight) {
    int segment = segment(f.segment());
    int cell = cell(segment, items.of(f.item()));
    total.add(0, weight);
    visits.add(segment, weight);
    counts.add(cell, weight);
    if (f.reward() > 0) {
      double pi = f.targetProbability();
      boolean one = cap == Double.POSITIVE_INFINITY;
      int slot = reward(cell, one ? ANY : Double.doubleToLongBits(pi));
      rewards.add(slot, weight * (one ? pi * f.reward() : f.reward()));
    }
  }

  /** {@code sum of weights}. */
  double total() {
    return total.value(0);
  }

  /** {@code n(s) / n(s, a)} of an event that was added. */
  double inverseFrequency(ScoredFeedback f) {
    int segment = segment(f.segment());
    return visits.value(segment) / counts.value(cell(segment, items.of(f.item())));
  }

  /** {@code sum of min(pi n(s) / n(s, a), cap) r}, each event with its weight. */
  double weightedReward() {
    CompensatedSums sum = new CompensatedSums(1);
    for (int slot = 0; slot < probabilities.size(); slot++) {
      int cell = (int) probabilities.first(slot);
      double inverse = visits.value((int) cells.first(cell)) / counts.value(cell);
      long bits = probabilities.second(slot);
      double zeta = bits == ANY ? inverse : Math.min(Double.longBitsToDouble(bits) * inverse, cap);
      sum.add(0, zeta * rewards.value(slot));
    }
    return sum.value(0);
  }

  private int segment(String segment) {
    int number = segments.of(segment);
    return number < visits.size() ? number : visits.grow();
  }

  private int cell(int segment, int item) {
    int number = cells.of(segment, item);
    return number < counts.size() ? number : counts.grow();
  }

  private int reward(int cell, long bits) {
    int number = probabilities.of(cell, bits);
    return number < rewards.size() ? number : rewards.grow();
  }

  /** Multiplies every weight by a factor. */
  void scale(double factor) {
    total.scale(factor);
    visits.scale(factor);
    counts.scale(factor);
    rewards.scale(factor);
  }

  /** Adds all events of the other sums, their weights multiplied by a factor. */
  void merge(StateActionSums other, double factor) {
    total.merge(0, other.total, 0, factor);
    int[] cellHere = new int[other.cells.size()];
    for (int s = 0; s < other.segments.size(); s++) {
      visits.merge(segment(other.segments.get(s)), other.visits, s, factor);
    }
    for (int c = 0; c < cellHere.length; c++) {
      int segment = segment(other.segments.get((int) other.cells.first(c)));
      cellHere[c] = cell(segment, items.of(other.items.get((int) other.cells.second(c))));
      counts.merge(cellHere[c], other.counts, c, factor);
    }
    for (int k = 0; k < other.probabilities.size(); k++) {
      int cell = cellHere[(int) other.probabilities.first(k)];
      rewards.merge(reward(cell, other.probabilities.second(k)), other.rewards, k, factor);
    }
  }

  void write(DataOutput out) throws IOException {
    segments.write(out);
    items.write(out);
    cells.write(out);
    probabilities.write(out);
    visits.write(out);
    counts.write(out);
    rewards.write(out);
    total.write(out);
  }

  void read(DataInput in) throws IOException {
    segments.read(in);
    items.read(in);
    cells.read(in);
    probabilities.read(in);
    visits.read(in);
    counts.read(in);
    rewards.read(in);
    total.read(in);
    if (!isConsistent()) {
      throw new IOException(
          "DICE_S state must have a sum for each of its keys: "
              + segments.size()
              + " segments, "
              + cells.size()
              + " items shown in one");
    }
  }

  private boolean isConsistent() {
    boolean consistent =
        visits.size() == segments.size()
            && counts.size() == cells.size()
            && rewards.size() == probabilities.size()
            && total.size() == 1;
    for (int c = 0; consistent && c < cells.size(); c++) {
      consistent = in(cells.first(c), segments.size()) && in(cells.second(c), items.size());
    }
    for (int k = 0; consistent && k < probabilities.size(); k++) {
      consistent = in(probabilities.first(k), cells.size());
    }
    return consistent;
  }

  private static boolean in(long number, int size) {
    return number >= 0 && number < size;
  }
}
