package hindcast.estimator;

import hindcast.numeric.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Estimators of the form {@code V = mean(y_i)}, with {@code se = sqrt(var(y) / n)} and the sample
 * variance with n - 1.
 *
 * <p>A subclass says what {@code y_i} is. State: Welford moments of y.
 */
public abstract sealed class MeanEstimator extends ValueEstimator
    permits CappedIps,
        DirectMethod,
        DoublyRobust,
        ExponentialSmoothing,
        FlooredDr,
        FlooredIps,
        HarmonicIps,
        ImplicitExploration,
        LinearLogarithmicSmoothing,
        LogarithmicSmoothing,
        MarginalizedEstimator,
        PrunedIps,
        ShrinkageDr,
        ShrinkageIps,
        SwitchDr,
        Uips,
        UipsDr,
        UipsOptimistic,
        UipsPessimistic,
        UncertainIps {

  private final Moments terms = new Moments();

  MeanEstimator(EstimatorSpec spec) {
    super(spec);
  }

  /** {@code y_i}; finite for every event that has the required fields. */
  public abstract double term(ScoredFeedback f);

  /** Moments of the terms. */
  public final Moments terms() {
    return terms;
  }

  @Override
  final DecayedForm decayed(double halfLifeMicros) {
    return DecayedRatio.mean(halfLifeMicros, this::term);
  }

  @Override
  void accumulate(ScoredFeedback f) {
    terms.add(term(f));
  }

  @Override
  void mergeState(ValueEstimator other) {
    terms.merge(((MeanEstimator) other).terms);
  }

  @Override
  public final PointEstimate estimate() {
    return PointEstimate.ofMean(terms);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    terms.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    terms.read(in);
  }
}
