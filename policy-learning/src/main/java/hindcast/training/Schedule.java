package hindcast.training;

import java.util.Locale;

/**
 * The learning rate by step t = 1, 2, …: a factor of the base rate.
 *
 * <ul>
 *   <li>{@code constant}: 1
 *   <li>{@code inverse-sqrt:T}: 1 / √(1 + t/T)
 *   <li>{@code inverse:T}: 1 / (1 + t/T)
 *   <li>{@code exponential:T}: 2^{−t/T}, T the half-life in steps
 * </ul>
 *
 * @param kind which of the four
 * @param steps T, above 0
 */
public record Schedule(Kind kind, double steps) {

  /** How the rate falls. */
  public enum Kind {
    /** It does not. */
    CONSTANT("1"),
    /** With the square root of the steps. */
    INVERSE_SQRT("1 / sqrt(1 + t / T)"),
    /** With the steps. */
    INVERSE("1 / (1 + t / T)"),
    /** By half every T steps. */
    EXPONENTIAL("2^(-t / T)");

    private final String formula;

    Kind(String formula) {
      this.formula = formula;
    }

    /** The name in configuration. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The factor of step t in a line. */
    public String formula() {
      return formula;
    }
  }

  /** The base rate at every step. */
  public static final Schedule CONSTANT = new Schedule(Kind.CONSTANT, 1);

  public Schedule {
    if (!(steps > 0)) {
      throw new IllegalArgumentException("a schedule's steps must be above 0: " + steps);
    }
  }

  /** Reads one of the texts above. */
  public static Schedule parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    if (kind.equals("constant") && colon < 0) {
      return CONSTANT;
    }
    if (colon > 0) {
      double steps = Double.parseDouble(text.substring(colon + 1));
      switch (kind) {
        case "inverse-sqrt":
          return new Schedule(Kind.INVERSE_SQRT, steps);
        case "inverse":
          return new Schedule(Kind.INVERSE, steps);
        case "exponential":
          return new Schedule(Kind.EXPONENTIAL, steps);
        default:
          break;
      }
    }
    throw new IllegalArgumentException(
        "schedule must be constant, inverse-sqrt:STEPS, inverse:STEPS or exponential:STEPS: "
            + text);
  }

  /** The factor of step t. */
  public double factor(long step) {
    return switch (kind) {
      case CONSTANT -> 1;
      case INVERSE_SQRT -> 1 / Math.sqrt(1 + step / steps);
      case INVERSE -> 1 / (1 + step / steps);
      case EXPONENTIAL -> Math.pow(2, -step / steps);
    };
  }
}
