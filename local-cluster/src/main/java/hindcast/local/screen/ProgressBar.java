package hindcast.local.screen;

/** How far a run over a known amount of input is, how fast it goes and how long it will take. */
public final class ProgressBar {

  private static final int WIDTH = 30;

  private ProgressBar() {}

  /**
   * One line.
   *
   * @param done share of the input, in [0, 1]
   * @param events events so far
   * @param seconds time so far
   */
  public static String line(double done, long events, double seconds) {
    double share = Math.max(0, Math.min(1, done));
    String left =
        share > 0 && share < 1
            ? "  " + Numbers.clock(Math.round(seconds * (1 - share) / share)) + " left"
            : "";
    return "[%s] %3d %%  %s events  %s/s%s"
        .formatted(
            bar(share),
            (int) Math.floor(100 * share),
            Numbers.count(events),
            Numbers.count(seconds > 0 ? Math.round(events / seconds) : 0),
            left);
  }

  /**
   * One line of work that goes through several phases.
   *
   * @param phase what is being done
   * @param done share of it, in [0, 1]
   */
  public static String line(String phase, double done) {
    double share = Math.max(0, Math.min(1, done));
    return "[%s] %3d %%  %s".formatted(bar(share), (int) Math.floor(100 * share), phase);
  }

  private static String bar(double share) {
    int filled = (int) Math.round(share * WIDTH);
    return "#".repeat(filled) + ".".repeat(WIDTH - filled);
  }
}
