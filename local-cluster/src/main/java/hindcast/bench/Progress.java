package hindcast.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** What a benchmark is doing, one line each with the seconds so far, on standard error. */
final class Progress {
  private final PrintWriter out;
  private final long start = System.nanoTime();

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** A line. */
  void say(String line) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, line);
    out.flush();
  }
}
