package hindcast.estimator;

import hindcast.numeric.CompensatedSums;
import hindcast.numeric.ForwardDecay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decayed sums of features of events: {@code sum d x} (first order) and {@code sum d^2 x} (second
 * order), {@code d = 2^(-(T - t) / H)}, kept at a reference time that moves lazily ({@link
 * ForwardDecay}).
 */
final class DecayedSums {
  private final ForwardDecay decay;
  private final CompensatedSums first;
  private final CompensatedSums second;
  private double weight;

  DecayedSums(double halfLifeMicros, int first, int second) {
    decay = new ForwardDecay(halfLifeMicros);
    this.first = new CompensatedSums(first);
    this.second = new CompensatedSums(second);
  }

  /** Begins an event at a time: the features that follow are its. */
  void event(long timeMicros) {
    int shift = decay.advance(timeMicros);
    if (shift > 0) {
      scale(Math.scalb(1.0, -shift));
    }
    weight = decay.weight(timeMicros);
  }

  /** Adds {@code d x} to first-order sum k. */
  void addFirst(int k, double x) {
    first.add(k, weight * x);
  }

  /** Adds {@code d^2 x} to second-order sum k. */
  void addSecond(int k, double x) {
    second.add(k, weight * weight * x);
  }

  /** First-order sum k at the reference time. */
  double first(int k) {
    return first.value(k);
  }

  /** Second-order sum k at the reference time. */
  double second(int k) {
    return second.value(k);
  }

  /**
   * Factor that brings first-order sums to the time of the latest event; squared for the second.
   */
  double toLatest() {
    return decay.factor(decay.latestMicros());
  }

  /** All sums as of a time, first orders before second ones. */
  double[] at(long queryMicros) {
    double f = decay.factor(queryMicros);
    double[] sums = new double[first.size() + second.size()];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = k < first.size() ? first.value(k) * f : second.value(k - first.size()) * f * f;
    }
    return sums;
  }

  private void scale(double factor) {
    first.scale(factor);
    second.scale(factor * factor);
  }

  void merge(DecayedSums other) {
    ForwardDecay.Factors factors = decay.merge(other.decay);
    scale(factors.mine());
    double f = factors.theirs();
    for (int k = 0; k < first.size(); k++) {
      first.merge(k, other.first, k, f);
    }
    for (int k = 0; k < second.size(); k++) {
      second.merge(k, other.second, k, f * f);
    }
  }

  void write(DataOutput out) throws IOException {
    decay.write(out);
    first.write(out);
    second.write(out);
  }

  void read(DataInput in) throws IOException {
    decay.read(in);
    first.read(in);
    second.read(in);
  }
}
