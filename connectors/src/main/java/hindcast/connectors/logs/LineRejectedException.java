package hindcast.connectors.logs;

import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;

/** Leaves the parsing of a line at its first fault; caught inside the package. */
final class LineRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reject reject;

  LineRejectedException(Rejection reason, String detail) {
    super(detail, null, false, false);
    this.reject = new Reject(reason, detail);
  }

  Reject reject() {
    return reject;
  }
}
