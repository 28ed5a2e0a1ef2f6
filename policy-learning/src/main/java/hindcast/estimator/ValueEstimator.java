package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A streaming estimate of the value V(pi) of a policy from logged feedback.
 *
 * <p>Life: {@code add} each event, {@code merge} partial results in any grouping and order, {@code
 * estimate} at any time, {@code write} and {@code read} the state: state read back continues bit
 * for bit. One estimator is one class, named as in the papers; {@link EstimatorMethod} lists them.
 *
 * <p>Whether the number may be called the value of the policy is {@link EstimatorMethod#usage()}.
 */
public abstract sealed class ValueEstimator
    permits MeanEstimator,
        SelfNormalizedDr,
        TabularStationaryRatio,
        WeightMomentsEstimator,
        WeightedMeanEstimator {

  private final EstimatorSpec spec;
  private final int required;

  ValueEstimator(EstimatorSpec spec) {
    this.spec = spec;
    int mask = 0;
    for (FeedbackField field : spec.method().fields()) {
      mask |= field.bit();
    }
    required = mask;
  }

  /** Method and parameters. */
  public final EstimatorSpec spec() {
    return spec;
  }

  /** Whether the event has every field this estimator needs. */
  public final boolean accepts(ScoredFeedback f) {
    return (f.fields() & required) == required;
  }

  /**
   * Adds one event.
   *
   * @throws IllegalArgumentException when a field is missing; the state is unchanged
   */
  public final void add(ScoredFeedback f) {
    requireFields(f);
    accumulate(f);
  }

  /** Refuses, by name, an event that lacks a field. */
  final void requireFields(ScoredFeedback f) {
    if (!accepts(f)) {
      for (FeedbackField field : spec.method().fields()) {
        if (!f.has(field)) {
          throw new IllegalArgumentException(spec + " needs " + field + " of every event");
        }
      }
    }
  }

  /** Adds all events of another estimator with the same method and parameters. */
  public final void merge(ValueEstimator other) {
    if (!spec.equals(other.spec)) {
      throw new IllegalArgumentException(
          "estimators must be equal to merge: " + spec + " and " + other.spec);
    }
    mergeState(other);
  }

  /** The estimate after the events so far. */
  public abstract PointEstimate estimate();

  /** Writes the complete state; method and parameters are not part of it. */
  public abstract void write(DataOutput out) throws IOException;

  /** Replaces the state by one that {@link #write} wrote. */
  public abstract void read(DataInput in) throws IOException;

  /** The weights whose support the estimate rests on: by default those of the actions. */
  WeightMoments supportWeights(WeightMoments shared) {
    return shared;
  }

  /** The decayed form, empty. */
  abstract DecayedForm decayed(double halfLifeMicros);

  abstract void accumulate(ScoredFeedback f);

  abstract void mergeState(ValueEstimator other);
}
