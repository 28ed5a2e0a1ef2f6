package hindcast.gate;

/** What a gate says of a candidate. */
public enum GateOutcome {
  /** Every condition holds. */
  PROMOTE,
  /** Something is missing. */
  HOLD,
  /** The data can be believed and the difference is not above the margin. */
  REJECT
}
