package hindcast.methods;

/** What a method is. */
public enum MethodKind {
  /** {@link hindcast.estimator.EstimatorMethod}. */
  ESTIMATOR("Estimators"),
  /** {@link hindcast.estimator.EstimatorForm}. */
  ESTIMATOR_FORM("Around the estimators"),
  /** {@link hindcast.interval.IntervalMethod}. */
  INTERVAL("Intervals and tests"),
  /** {@link hindcast.objective.ObjectiveMethod}. */
  OBJECTIVE("Objectives"),
  /** {@link hindcast.criterion.CriterionMethod}. */
  CRITERION("Criteria of a total"),
  /** {@link hindcast.gradient.GradientMethod}. */
  GRADIENT("Gradients"),
  /** {@link hindcast.gradient.Reinforce}. */
  REINFORCE("Forms of Reinforce"),
  /** {@link hindcast.gradient.SamplingMethod}. */
  SAMPLER("Samplers"),
  /** {@link hindcast.propensity.PropensityMethod}. */
  PROPENSITY("Propensities"),
  /** {@link hindcast.reward.RewardModelMethod}. */
  REWARD_MODEL("Reward models"),
  /** {@link hindcast.training.OptimizerMethod}. */
  OPTIMISER("Optimisers"),
  /** {@link hindcast.training.Schedule}. */
  SCHEDULE("Schedules of the learning rate");

  private final String title;

  MethodKind(String title) {
    this.title = title;
  }

  /** A heading. */
  public String title() {
    return title;
  }
}
