package hindcast.feedback;

import java.util.Objects;

/**
 * A refused record: the counted reason, and a message that states the value, the rule and the way
 * out.
 */
public record Reject(Rejection reason, String detail) {
  public Reject {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
