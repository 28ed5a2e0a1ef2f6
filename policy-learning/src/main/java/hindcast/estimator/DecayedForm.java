package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The decayed state of one estimator; {@link DecayedEstimator} says what is common to all. */
abstract sealed class DecayedForm permits DecayedForm.OfSums, DecayedStationaryRatio {

  abstract void add(ScoredFeedback f, long timeMicros);

  /** The estimate after n events, at least one. */
  abstract PointEstimate estimate(long n);

  /** {@code (sum d x)^2 / sum d^2 x^2}: x = 1, or the weight that the estimator divides by. */
  abstract double effectiveSampleSize();

  /** The sums as of a time, in the order of the class. */
  abstract double[] sums(long queryMicros);

  /** Adds all events of a form of the same class. */
  abstract void merge(DecayedForm other);

  abstract void write(DataOutput out) throws IOException;

  abstract void read(DataInput in) throws IOException;

  static double effective(double sum, double squares) {
    return squares == 0 ? 0 : sum * sum / squares;
  }

  /** Forms whose state is a fixed number of sums. */
  abstract static sealed class OfSums extends DecayedForm
      permits DecayedControlVariate, DecayedCressieRead, DecayedNormalizedDr, DecayedRatio {
    final DecayedSums sums;

    OfSums(DecayedSums sums) {
      this.sums = sums;
    }

    @Override
    final double[] sums(long queryMicros) {
      return sums.at(queryMicros);
    }

    @Override
    final void merge(DecayedForm other) {
      sums.merge(((OfSums) other).sums);
    }

    @Override
    final void write(DataOutput out) throws IOException {
      sums.write(out);
    }

    @Override
    final void read(DataInput in) throws IOException {
      sums.read(in);
    }
  }
}
