package hindcast.estimator;

import hindcast.numeric.CoMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Estimators of the form {@code V = sum h_i y_i / sum h_i} with a weight h_i of at least 0 for each
 * event.
 *
 * <p>Delta-method variance {@code sum h^2 (y - V)^2 / (sum h)^2}. Not available when all h are 0.
 * State: co-moments of (h, h y), from which {@code n, Sh, Shy, Shh, Shhy, Shhyy} follow.
 */
public abstract sealed class WeightedMeanEstimator extends ValueEstimator
    permits CappedSnips, MinimumVariance, SelectedImportanceSampling, WholeScoreMinVarDr {

  private final CoMoments moments = new CoMoments();

  WeightedMeanEstimator(EstimatorSpec spec) {
    super(spec);
  }

  /** h, finite and at least 0. */
  abstract double eventWeight(ScoredFeedback f);

  /** {@code h y}, finite. */
  abstract double weightedTerm(ScoredFeedback f);

  /** Co-moments of (h, h y). */
  public final CoMoments moments() {
    return moments;
  }

  @Override
  public final PointEstimate estimate() {
    return Snips.ratio(moments);
  }

  @Override
  final DecayedForm decayed(double halfLifeMicros) {
    return new DecayedRatio(halfLifeMicros, this::eventWeight, this::weightedTerm);
  }

  @Override
  final void accumulate(ScoredFeedback f) {
    moments.add(eventWeight(f), weightedTerm(f));
  }

  @Override
  final void mergeState(ValueEstimator other) {
    moments.merge(((WeightedMeanEstimator) other).moments);
  }

  @Override
  public final void write(DataOutput out) throws IOException {
    moments.write(out);
  }

  @Override
  public final void read(DataInput in) throws IOException {
    moments.read(in);
  }
}
