package hindcast.policy;

/**
 * How a softmax policy is played: as it is, always its best item, or with its scores multiplied.
 *
 * <ul>
 *   <li>{@code softmax}: π(a) ∝ e^{f_a}
 *   <li>{@code greedy}: the item of largest score, the first of several
 *   <li>{@code sharpened:k}: π(a) ∝ e^{k f_a}; {@code sharpened} alone means k = 4
 * </ul>
 *
 * @param kind which of the three
 * @param factor k, finite and above 0; 1 for softmax, ignored for greedy
 */
public record PolicyForm(Kind kind, double factor) {

  /** The three ways. */
  public enum Kind {
    /** As learned. */
    SOFTMAX,
    /** The best item only. */
    GREEDY,
    /** At a lower temperature. */
    SHARPENED
  }

  /** As learned. */
  public static final PolicyForm SOFTMAX = new PolicyForm(Kind.SOFTMAX, 1);

  /** The best item only. */
  public static final PolicyForm GREEDY = new PolicyForm(Kind.GREEDY, 1);

  /** Scores multiplied by 4. */
  public static final PolicyForm SHARPENED = new PolicyForm(Kind.SHARPENED, 4);

  public PolicyForm {
    if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("factor must be finite and above 0: " + factor);
    }
    if (kind != Kind.SHARPENED && factor != 1) {
      throw new IllegalArgumentException("only sharpened takes a factor: " + factor);
    }
  }

  /** Scores multiplied by {@code factor}. */
  public static PolicyForm sharpened(double factor) {
    return new PolicyForm(Kind.SHARPENED, factor);
  }

  /** Reads {@code softmax}, {@code greedy}, {@code sharpened} or {@code sharpened:2.5}. */
  public static PolicyForm parse(String text) {
    switch (text) {
      case "softmax":
        return SOFTMAX;
      case "greedy":
        return GREEDY;
      case "sharpened":
        return SHARPENED;
      default:
        if (text.startsWith("sharpened:")) {
          try {
            return sharpened(Double.parseDouble(text.substring("sharpened:".length())));
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("sharpened needs a number: " + text, e);
          }
        }
        throw new IllegalArgumentException(
            "policy form must be softmax, greedy or sharpened:FACTOR: " + text);
    }
  }

  /** The text {@link #parse} reads. */
  public String text() {
    return switch (kind) {
      case SOFTMAX -> "softmax";
      case GREEDY -> "greedy";
      case SHARPENED -> "sharpened:" + (factor == Math.rint(factor) ? "" + (long) factor : factor);
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
