package hindcast.simulation;

/** Numbers that sort as text the way they sort as numbers. */
final class ZeroPadded {
  private ZeroPadded() {}

  static String text(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
