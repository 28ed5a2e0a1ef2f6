package hindcast.policy;

/**
 * How a policy is played: as it is, always its best item, nearly always, or with its scores
 * multiplied.
 *
 * <ul>
 *   <li>{@code softmax}: π(a) ∝ e^{f_a}
 *   <li>{@code greedy}: the item of largest score, the first of several
 *   <li>{@code epsilon:E}: the greedy item with probability 1 - E, else any eligible one alike:
 *       π(a) = (1 - E) 1{a is the greedy item} + E / (number of eligible items)
 *   <li>{@code sharpened:k}: π(a) ∝ e^{k f_a}; {@code sharpened} alone means k = 4
 * </ul>
 *
 * @param kind which of the four
 * @param factor k, finite and above 0, or E in (0, 1]; 1 for softmax and greedy
 */
public record PolicyForm(Kind kind, double factor) {

  /** The four ways. */
  public enum Kind {
    /** As learned. */
    SOFTMAX,
    /** The best item only. */
    GREEDY,
    /** The best item, now and then another. */
    EPSILON,
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
    if (kind == Kind.EPSILON && factor > 1) {
      throw new IllegalArgumentException("epsilon must be in (0, 1]: " + factor);
    }
    if (kind != Kind.SHARPENED && kind != Kind.EPSILON && factor != 1) {
      throw new IllegalArgumentException("only sharpened and epsilon take a number: " + factor);
    }
  }

  /** Scores multiplied by {@code factor}. */
  public static PolicyForm sharpened(double factor) {
    return new PolicyForm(Kind.SHARPENED, factor);
  }

  /** The best item with probability 1 - {@code epsilon}; greedy for 0. */
  public static PolicyForm epsilon(double epsilon) {
    return epsilon == 0 ? GREEDY : new PolicyForm(Kind.EPSILON, epsilon);
  }

  /** Whether only the best item is shown, or all others alike. */
  public boolean isNearlyGreedy() {
    return kind == Kind.GREEDY || kind == Kind.EPSILON;
  }

  /** E: the probability of showing any item; 0 but for epsilon. */
  public double exploration() {
    return kind == Kind.EPSILON ? factor : 0;
  }

  /**
   * Reads {@code softmax}, {@code greedy}, {@code epsilon:0.1}, {@code sharpened} or {@code
   * sharpened:2.5}.
   */
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
          return sharpened(number(text, "sharpened"));
        }
        if (text.startsWith("epsilon:")) {
          return epsilon(number(text, "epsilon"));
        }
        throw new IllegalArgumentException(
            "policy form must be softmax, greedy, epsilon:E or sharpened:FACTOR: " + text);
    }
  }

  private static double number(String text, String name) {
    try {
      return Double.parseDouble(text.substring(name.length() + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a number: " + text, e);
    }
  }

  /** The text {@link #parse} reads. */
  public String text() {
    return switch (kind) {
      case SOFTMAX -> "softmax";
      case GREEDY -> "greedy";
      case EPSILON -> "epsilon:" + factor;
      case SHARPENED -> "sharpened:" + (factor == Math.rint(factor) ? "" + (long) factor : factor);
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
