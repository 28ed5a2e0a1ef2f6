package hindcast.alert;

import hindcast.regression.RegressionSettings;
import hindcast.regression.SliceRegressions;

/**
 * How a deployment is watched.
 *
 * @param regression level, tolerated drop and pace of false alarms of this deployment
 * @param slices how segments are tested
 * @param criticalShare an alert is critical once the drop is surely at least this share of the
 *     champion's value, or the mean reward is that much below the promised one; in (0, 1]
 */
public record DeploymentRule(
    RegressionSettings regression, SliceRegressions.Rule slices, double criticalShare) {
  public DeploymentRule {
    if (!(criticalShare > 0 && criticalShare <= 1)) {
      throw new IllegalArgumentException(
          "share of the value that makes a drop critical must be in (0, 1]: " + criticalShare);
    }
  }
}
