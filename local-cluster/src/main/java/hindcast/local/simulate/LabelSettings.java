package hindcast.local.simulate;

import hindcast.local.LocalStartException;
import java.nio.file.Path;

/**
 * What is made of labelled rows.
 *
 * @param file separated values, plain or compressed
 * @param label first, last, the number of a column from 1, or its name in the header
 * @param rows how many of the rows that are not held out; 0 for all
 * @param heldOut rows that no event draws; 0 for a fifth
 * @param events impressions in the log
 * @param accuracy value of the logging policy
 * @param seed of everything drawn
 * @param out the folder
 * @param jsonLines whether the log is JSON lines, else separated values
 */
public record LabelSettings(
    Path file,
    String label,
    int rows,
    int heldOut,
    long events,
    double accuracy,
    long seed,
    Path out,
    boolean jsonLines) {
  private static final long MOST_EVENTS = 100_000_000;

  public LabelSettings {
    require(events >= 1 && events <= MOST_EVENTS, "--events must be in [1, 100000000]: " + events);
    require(rows >= 0, "--rows must be at least 1: " + rows);
    require(heldOut >= 0, "--held-out must be at least 1: " + heldOut);
    require(accuracy > 0 && accuracy < 1, "--accuracy must be in (0, 1): " + accuracy);
    require(!label.isBlank(), "--label must be first, last, or a column: nothing");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new LocalStartException(message);
    }
  }
}
