package hindcast.connectors.serving;

import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.control.PolicyVersion;
import hindcast.policy.PolicyForm;

/**
 * The policy to serve.
 *
 * @param version which version of which policy, in which form
 * @param content its parameters, verified; null for a policy without versions
 * @param sha256 hash of the content; empty for a policy without versions
 * @param commandId the command that deployed it
 */
public record DeployedPolicy(
    PolicyVersion version, PolicyCheckpointContent content, String sha256, String commandId) {

  /** How a learned policy is to be played. */
  public PolicyForm form() {
    return PolicyForm.parse(version.form());
  }
}
