package hindcast.estimator;

/**
 * Direct method: {@code y = qpi}, the reward model's mean under the policy. Name: {@code DM}.
 *
 * <p>No weights and little variance; all the bias of the model, which the standard error does not
 * see.
 */
public final class DirectMethod extends MeanEstimator {
  DirectMethod(EstimatorSpec spec) {
    super(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.modelValue();
  }
}
