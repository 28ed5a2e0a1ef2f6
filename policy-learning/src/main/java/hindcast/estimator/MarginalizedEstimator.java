package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mean-type estimators whose weight is not that of the action but of its cluster or embedding. They
 * keep their own weight moments, because support is a property of the weights that are used.
 */
abstract sealed class MarginalizedEstimator extends MeanEstimator
    permits Mips, EmbeddingMips, OffCem, Potec {

  private final WeightMoments weights = new WeightMoments();

  MarginalizedEstimator(EstimatorSpec spec) {
    super(spec);
  }

  /** The marginal weight. */
  abstract double marginalWeight(ScoredFeedback f);

  @Override
  final WeightMoments supportWeights(WeightMoments shared) {
    return weights;
  }

  @Override
  final void accumulate(ScoredFeedback f) {
    super.accumulate(f);
    weights.add(marginalWeight(f), f.reward());
  }

  @Override
  final void mergeState(ValueEstimator other) {
    super.mergeState(other);
    weights.merge(((MarginalizedEstimator) other).weights);
  }

  @Override
  public final void write(DataOutput out) throws IOException {
    super.write(out);
    weights.write(out);
  }

  @Override
  public final void read(DataInput in) throws IOException {
    super.read(in);
    weights.read(in);
  }
}
