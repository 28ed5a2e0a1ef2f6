package hindcast.propensity;

import java.util.Objects;

/**
 * The probability with which the logging policy showed an item, and how sure we are of it.
 *
 * <ul>
 *   <li>{@code value}: p = π₀(a|x), in (0, 1].
 *   <li>{@code uncertainty}: U, the standard deviation of log p, at least 0; exactly 0 for a logged
 *       propensity.
 *   <li>{@code source}: logged by the server, estimated from feedback, or counted by Monte Carlo.
 * </ul>
 *
 * @param value p, in (0, 1]
 * @param uncertainty U, finite and at least 0
 * @param source where the value comes from
 */
public record Propensity(double value, double uncertainty, Source source) {

  /** Where a propensity comes from. */
  public enum Source {
    /** Written by the serving system at decision time. */
    LOGGED,
    /** Estimated from earlier feedback. */
    ESTIMATED,
    /** Counted from repeated draws of the logging policy. */
    MONTE_CARLO
  }

  public Propensity {
    Objects.requireNonNull(source, "propensity source must be given");
    if (!isValid(value)) {
      throw new IllegalArgumentException("propensity must be in (0, 1]: " + value);
    }
    if (!(uncertainty >= 0 && uncertainty < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "propensity uncertainty must be finite and at least 0: " + uncertainty);
    }
    if (source == Source.LOGGED && uncertainty != 0) {
      throw new IllegalArgumentException(
          "a logged propensity has uncertainty 0: " + uncertainty + "; use source ESTIMATED");
    }
  }

  /** The propensity the server wrote down, known without uncertainty. */
  public static Propensity logged(double value) {
    return new Propensity(value, 0, Source.LOGGED);
  }

  /** True for a number in (0, 1]; false for NaN. */
  public static boolean isValid(double value) {
    return value > 0 && value <= 1;
  }
}
