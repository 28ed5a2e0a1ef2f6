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

  private static final double SMALLEST_COUNT = 1e-12;

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

  /**
   * A propensity that was counted from repeated draws of the serving policy: the number of draws
   * that chose the item is Beta(n p, n - n p) about its expectation, so {@code U = sqrt(trigamma(n
   * p) - trigamma(n))}, near {@code sqrt((1 - p) / (n p))}.
   *
   * @param value p, in (0, 1] and at least 1e-12 of a draw
   * @param draws n, at least 1
   */
  public static Propensity monteCarlo(double value, long draws) {
    if (draws < 1) {
      throw new IllegalArgumentException("Monte Carlo draws must be at least 1: " + draws);
    }
    if (!(isValid(value) && value * draws >= SMALLEST_COUNT)) {
      throw new IllegalArgumentException(
          "Monte Carlo propensity must be in (0, 1] and at least "
              + SMALLEST_COUNT
              + " of a draw: "
              + value
              + " of "
              + draws
              + " draws");
    }
    double uncertainty = new DirichletPosterior(value * draws, draws).logSd();
    return new Propensity(value, uncertainty, Source.MONTE_CARLO);
  }

  /** True for a number in (0, 1]; false for NaN. */
  public static boolean isValid(double value) {
    return value > 0 && value <= 1;
  }
}
