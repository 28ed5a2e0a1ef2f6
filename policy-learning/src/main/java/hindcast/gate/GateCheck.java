package hindcast.gate;

/**
 * One condition of a gate as it stands.
 *
 * @param condition what is asked
 * @param value what was found
 * @param bound what it is compared with
 * @param passed whether it holds
 */
public record GateCheck(GateCondition condition, double value, double bound, boolean passed) {

  static GateCheck above(GateCondition condition, double value, double bound) {
    return new GateCheck(condition, value, bound, value > bound);
  }

  static GateCheck within(GateCondition condition, double value, double bound) {
    boolean passed = condition.wantsLarge() ? value >= bound : value <= bound;
    return new GateCheck(condition, value, bound, passed);
  }
}
