package hindcast.evaluation;

import hindcast.control.PolicyVersion;

/**
 * A block of consecutive impressions as the deployed version was scored on it.
 *
 * @param deployed the version
 * @param deployment id of the command that deployed it
 * @param weights its importance weight on each impression; NaN where it was not scored
 * @param rewards of the impressions, in [0, 1]
 * @param uncertainties of their propensities; 0 where the serving system logged them
 */
@SuppressWarnings("ArrayRecordComponent") // blocks are read once and never compared
public record DeployedBlock(
    PolicyVersion deployed,
    String deployment,
    double[] weights,
    double[] rewards,
    double[] uncertainties) {
  public DeployedBlock {
    if (weights.length != rewards.length || weights.length != uncertainties.length) {
      throw new IllegalArgumentException(
          "a block needs one weight, reward and uncertainty for each impression: %d, %d and %d"
              .formatted(weights.length, rewards.length, uncertainties.length));
    }
  }
}
