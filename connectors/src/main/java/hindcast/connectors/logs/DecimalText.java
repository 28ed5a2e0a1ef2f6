package hindcast.connectors.logs;

import java.util.Locale;

/**
 * Decimal numbers as logs write them: digits, a point, an exponent. What {@link Double} reads
 * beside them, hexadecimal numbers and type suffixes, is none.
 */
final class DecimalText {
  private static final int MOST_CHARACTERS = 400;

  private DecimalText() {}

  /**
   * The nearest double, infinite where the number is too large; NaN for {@code nan}, {@code inf}
   * and {@code infinity} with any sign and in any case.
   *
   * @throws NumberFormatException if the text is no number
   */
  static double number(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new NumberFormatException("a number of " + text.length() + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean decimal = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
      if (!decimal && c != 'e' && c != 'E') {
        return notFinite(text);
      }
    }
    return Double.parseDouble(text);
  }

  private static double notFinite(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.startsWith("+") || word.startsWith("-")) {
      word = word.substring(1);
    }
    return switch (word) {
      case "nan", "inf", "infinity" -> Double.NaN;
      default -> throw new NumberFormatException(text);
    };
  }
}
