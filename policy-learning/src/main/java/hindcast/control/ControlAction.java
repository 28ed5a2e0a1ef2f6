package hindcast.control;

/** What a command asks for. */
public enum ControlAction {
  /** Evaluate this version until it is closed. */
  OPEN,
  /** Deploy this version; the one deployed before becomes the champion. */
  PROMOTE,
  /** Deploy this earlier version again, and go on learning from it. */
  ROLLBACK,
  /** Give the final estimate of this version and evaluate it no more. */
  CLOSE
}
