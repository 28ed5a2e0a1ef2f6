package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Estimators that are functions of {@link WeightMoments} alone: an {@link EstimateSet} keeps the
 * moments once for all of them.
 */
public abstract sealed class WeightMomentsEstimator extends ValueEstimator
    permits Ips, Snips, ControlVariateIps, CressieRead {

  private final WeightMoments weights;

  WeightMomentsEstimator(EstimatorSpec spec, WeightMoments weights) {
    super(spec);
    this.weights = weights;
  }

  @Override
  public final PointEstimate estimate() {
    return weights.n() == 0 ? PointEstimate.none(0) : estimate(weights);
  }

  /** The estimate from the moments of at least one event. */
  abstract PointEstimate estimate(WeightMoments weights);

  @Override
  final void accumulate(ScoredFeedback f) {
    weights.add(f.weight(), f.reward());
  }

  @Override
  final void mergeState(ValueEstimator other) {
    weights.merge(((WeightMomentsEstimator) other).weights);
  }

  @Override
  public final void write(DataOutput out) throws IOException {
    weights.write(out);
  }

  @Override
  public final void read(DataInput in) throws IOException {
    weights.read(in);
  }
}
