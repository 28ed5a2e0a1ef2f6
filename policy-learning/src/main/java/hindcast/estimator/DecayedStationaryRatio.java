package hindcast.estimator;

import hindcast.numeric.ForwardDecay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decayed {@link TabularStationaryRatio}: both counts and the sums of rewards decay alike, {@code V
 * = sum d min(pi n(s) / n(s, a), cap) r / sum d}.
 *
 * <p>No standard error. Moving the reference time, once in {@code 64} half-lives, touches every
 * cell. Sums: {@code d; d^2}.
 */
final class DecayedStationaryRatio extends DecayedForm {
  private final ForwardDecay decay;
  private final StateActionSums sums;
  private double squares;

  DecayedStationaryRatio(double cap, double halfLifeMicros) {
    decay = new ForwardDecay(halfLifeMicros);
    sums = new StateActionSums(cap);
  }

  @Override
  void add(ScoredFeedback f, long timeMicros) {
    int shift = decay.advance(timeMicros);
    if (shift > 0) {
      scale(Math.scalb(1.0, -shift));
    }
    double d = decay.weight(timeMicros);
    sums.add(f, d);
    squares += d * d;
  }

  @Override
  PointEstimate estimate(long n) {
    return PointEstimate.of(n, sums.weightedReward() / sums.total());
  }

  @Override
  double effectiveSampleSize() {
    return effective(sums.total(), squares);
  }

  @Override
  double[] sums(long queryMicros) {
    double f = decay.factor(queryMicros);
    return new double[] {sums.total() * f, squares * f * f};
  }

  private void scale(double factor) {
    sums.scale(factor);
    squares *= factor * factor;
  }

  @Override
  void merge(DecayedForm other) {
    DecayedStationaryRatio o = (DecayedStationaryRatio) other;
    ForwardDecay.Factors factors = decay.merge(o.decay);
    scale(factors.mine());
    sums.merge(o.sums, factors.theirs());
    squares += o.squares * factors.theirs() * factors.theirs();
  }

  @Override
  void write(DataOutput out) throws IOException {
    decay.write(out);
    sums.write(out);
    out.writeDouble(squares);
  }

  @Override
  void read(DataInput in) throws IOException {
    decay.read(in);
    sums.read(in);
    squares = in.readDouble();
  }
}
