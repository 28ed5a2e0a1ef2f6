package hindcast.jobs.config;

import hindcast.policy.PolicyForm;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Single values as text, both ways. */
final class Scalars {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private Scalars() {}

  static boolean isScalar(Class<?> type) {
    return type == PolicyForm.class || !type.isRecord();
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException "rule: way out"
   */
  static Object parse(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == boolean.class) {
      return parseBoolean(text);
    } else if (type == int.class) {
      return (int) parseWhole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class) {
      return parseWhole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return parseNumber(text);
    } else if (type == Duration.class) {
      return DurationText.parse(text);
    } else if (type == PolicyForm.class) {
      return parseForm(text);
    } else if (type.isEnum()) {
      return parseEnum(type, text);
    }
    throw new IllegalStateException("no text form: " + type);
  }

  /** The text {@link #parse} reads. */
  static String format(Object value) {
    if (value instanceof Duration duration) {
      return DurationText.format(duration);
    } else if (value instanceof PolicyForm form) {
      return form.text();
    } else if (value instanceof Enum<?> constant) {
      return kebab(constant);
    } else if (value instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e9
          ? Long.toString(number.longValue())
          : number.toString();
    }
    return value.toString();
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false: write one of them");
    };
  }

  private static long parseWhole(String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal below
    }
    throw new IllegalArgumentException(
        "is not a whole number from " + least + " to " + most + ": write one in digits");
  }

  private static double parseNumber(String text) {
    if (NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
      return Double.parseDouble(text);
    }
    throw new IllegalArgumentException("is not a finite number: write one such as 0.01 or 1e-4");
  }

  private static PolicyForm parseForm(String text) {
    try {
      return PolicyForm.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is not a form: write softmax, greedy, epsilon:E with E in [0, 1], or sharpened:FACTOR with a"
              + " factor above 0",
          e);
    }
  }

  private static Object parseEnum(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (kebab((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "is not one of the choices: write "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> kebab((Enum<?>) constant))
                .collect(Collectors.joining(" or ")));
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
