package hindcast.jobs.feedback;

import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.config.PropensityConfig;
import hindcast.propensity.PropensityMethod;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the logging policy is estimated.
 *
 * @param model the model
 * @param halfLifeMicros half-life of a count in microseconds, infinite for none
 * @param priorStrength how many impressions the prior of a segment is worth
 * @param actionCount number of actions the prior of last resort is uniform over, at least 1
 * @param popularity whether the prior of a segment is what all segments showed
 * @param popularityStrength how many impressions the uniform prior is worth against that
 * @param useLogged whether a known propensity takes precedence over the estimate
 * @param wholeWindow whether all of a window is predicted before any of it is counted
 * @param forgetAfterMillis event time after which an untouched segment is forgotten, 0 for never
 * @param learningRate step of the contextual models
 */
public record PropensitySettings(
    PropensityMethod model,
    double halfLifeMicros,
    double priorStrength,
    long actionCount,
    boolean popularity,
    double popularityStrength,
    boolean useLogged,
    boolean wholeWindow,
    long forgetAfterMillis,
    double learningRate)
    implements Serializable {
  /** Half-lives after which an untouched segment is forgotten unless another age is configured. */
  static final int FORGET_HALF_LIVES = 32;

  /** What the configuration says. */
  public static PropensitySettings of(PipelineConfig config, long actionCount) {
    PropensityConfig propensity = config.propensity();
    Duration halfLife = propensity.halfLife();
    PropensityMethod model =
        switch (propensity.model()) {
          case DIRICHLET -> PropensityMethod.DIRICHLET;
          case SOFTMAX -> PropensityMethod.SOFTMAX;
          case TWO_TOWER -> PropensityMethod.TWO_TOWER;
        };
    return new PropensitySettings(
        model,
        halfLife.isZero() ? Double.POSITIVE_INFINITY : halfLife.toNanos() / 1000.0,
        propensity.priorStrength(),
        actionCount,
        propensity.prior() == PropensityConfig.Prior.POPULARITY
            && model == PropensityMethod.DIRICHLET,
        propensity.popularityStrength() > 0 ? propensity.popularityStrength() : actionCount,
        propensity.use() == PropensityConfig.Use.LOGGED_OR_ESTIMATED,
        propensity.update() == PropensityConfig.Update.WINDOW,
        propensity.forgetAfter().isZero()
            ? FORGET_HALF_LIVES * halfLife.toMillis()
            : propensity.forgetAfter().toMillis(),
        propensity.learningRate());
  }
}
