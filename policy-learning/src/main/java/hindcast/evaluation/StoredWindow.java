package hindcast.evaluation;

import java.util.Comparator;
import java.util.Objects;

/**
 * The sums of one slice over one tumbling window of impression time, as they are stored. Of two
 * records of one window the {@link #NEWER} holds.
 *
 * @param startMicros start of the window
 * @param endMicros its end, not part of it
 * @param untilMicros outcomes of impressions before this are in: the end, unless the window was
 *     still open when the record was made
 * @param revision how many corrections are in
 * @param sums the sums; null for a short window that a long one has replaced
 */
public record StoredWindow(
    long startMicros, long endMicros, long untilMicros, long revision, SliceSums sums) {
  /** By how much is in: time first, then corrections. */
  public static final Comparator<StoredWindow> NEWER =
      Comparator.comparingLong(StoredWindow::untilMicros).thenComparingLong(StoredWindow::revision);

  public StoredWindow {
    if (startMicros >= endMicros) {
      throw new IllegalArgumentException(
          "a window must end after its start: " + startMicros + " to " + endMicros);
    }
  }

  /** Whether a long window has replaced it. */
  public boolean isReplaced() {
    return sums == null;
  }

  /** The sums of a window that is not replaced. */
  public SliceSums requireSums() {
    return Objects.requireNonNull(sums, "the window was replaced by a longer one");
  }
}
