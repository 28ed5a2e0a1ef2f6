package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import java.util.List;

/**
 * The values of one line by slot, which is the place of a field in the list of those a mapping
 * names. Empty is absent. Belongs to one thread.
 */
interface FieldValues {
  /** Goes to a line. */
  void read(byte[] raw) throws LineRejectedException;

  /** What the mapping calls the field. */
  String name(int slot);

  /** The value as text; null where absent. */
  String text(int slot) throws LineRejectedException;

  /** The value as a number, true as 1 and false as 0; NaN where it is not finite. */
  double number(int slot) throws LineRejectedException;

  /**
   * The elements of a list; null where absent.
   *
   * @param separator between them, where lists are text
   */
  List<String> texts(int slot, String separator) throws LineRejectedException;

  /** The elements of a list as numbers; null where absent. */
  default double[] numbers(int slot, String separator) throws LineRejectedException {
    List<String> texts = texts(slot, separator);
    if (texts == null) {
      return null;
    }
    double[] numbers = new double[texts.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = number(name(slot), texts.get(k));
    }
    return numbers;
  }

  /** The value as text, or a reject where absent. */
  default String required(int slot) throws LineRejectedException {
    String text = text(slot);
    if (text == null) {
      throw missing(name(slot));
    }
    return text;
  }

  static LineRejectedException missing(String name) {
    return new LineRejectedException(Rejection.MISSING_FIELD, name + " must have a value: none");
  }

  static double number(String name, String text) throws LineRejectedException {
    try {
      double number = DecimalText.number(text);
      return Double.isFinite(number) ? number : Double.NaN;
    } catch (NumberFormatException e) {
      if (text.equalsIgnoreCase("true")) {
        return 1;
      }
      if (text.equalsIgnoreCase("false")) {
        return 0;
      }
      throw malformed(name, "must be a number: " + shortened(text));
    }
  }

  static LineRejectedException malformed(String name, String problem) {
    return new LineRejectedException(Rejection.MALFORMED, name + ": " + problem);
  }

  static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }
}
