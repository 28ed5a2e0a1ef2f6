package hindcast.local.demo;

import hindcast.policy.PolicyForm;
import java.util.Optional;

/**
 * The name of an evaluated policy: {@code line} for a line played as it was learned, {@code
 * line/form} for its other forms.
 *
 * @param line the learned policy, or any other one
 * @param form how it is played; empty if the name ends in something that is no form
 */
record PolicyName(String line, Optional<PolicyForm> form) {

  static PolicyName parse(String policy) {
    int slash = policy.indexOf('/');
    if (slash < 0) {
      return new PolicyName(policy, Optional.of(PolicyForm.SOFTMAX));
    }
    return new PolicyName(policy.substring(0, slash), form(policy.substring(slash + 1)));
  }

  private static Optional<PolicyForm> form(String text) {
    try {
      return Optional.of(PolicyForm.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
