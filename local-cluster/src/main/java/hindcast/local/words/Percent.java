package hindcast.local.words;

import hindcast.avro.ValueEstimate;
import hindcast.local.screen.Numbers;
import java.util.Locale;

/** Differences as percentages of the log's mean reward, where that is above 0. */
public final class Percent {
  private Percent() {}

  /** Whether the difference of an estimate can be said in percent. */
  static boolean isDefined(ValueEstimate estimate) {
    return estimate.getOnPolicyValue() != null && estimate.getOnPolicyValue() > 0;
  }

  /**
   * The difference with its 95 % interval: {@code +12 % [7, 17]}, or in the reward's unit where
   * there is no percentage.
   */
  public static String difference(ValueEstimate estimate) {
    return difference(estimate, 1, "+");
  }

  /** The size of a difference whose direction the sentence says. */
  static String size(ValueEstimate estimate, int sign) {
    return difference(estimate, sign, "");
  }

  private static String difference(ValueEstimate estimate, int sign, String plus) {
    double value = sign * estimate.getDifferenceToLogging();
    double one = sign * estimate.getDifferenceLower();
    double other = sign * estimate.getDifferenceUpper();
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    if (!isDefined(estimate)) {
      return (value > 0 ? plus : "") + Numbers.value(value) + " " + Numbers.interval(low, high);
    }
    double percent = 100 / estimate.getOnPolicyValue();
    int digits = digits(percent * (high - low));
    return (value > 0 ? plus : "")
        + number(percent * value, digits)
        + " % ["
        + number(percent * low, digits)
        + ", "
        + number(percent * high, digits)
        + "]";
  }

  /** A share as a percentage with as few digits as it has: {@code 5 %}, {@code 2.5 %}. */
  public static String share(double share) {
    double percent = 100 * share;
    if (percent > 0 && percent < 0.1) {
      return "below 0.1 %";
    }
    return number(percent, Math.abs(percent - Math.rint(percent)) < 0.05 ? 0 : 1) + " %";
  }

  private static int digits(double width) {
    return width >= 8 ? 0 : width >= 0.8 ? 1 : 2;
  }

  private static String number(double number, int digits) {
    String text = String.format(Locale.ROOT, "%,." + digits + "f", number);
    return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
  }
}
