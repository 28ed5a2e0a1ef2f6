package hindcast.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sums of one slice over an interval, merged from its stored windows.
 *
 * <p>Records may come in any order and repeatedly; of each window the newest holds. Short windows
 * are used where all of a long window's are there, which is so when their counts of outcomes add up
 * to its own; else the long one. The interval grows to the windows it cuts: {@link
 * Merged#fromMicros} and {@link Merged#toMicros} say to what. Times without any window had no
 * outcomes.
 */
public final class WindowMerge {
  private record Span(long start, long end) {}

  /**
   * The sums over the windows that touch an interval.
   *
   * @param fromMicros the interval as grown
   * @param toMicros its end, not part of it
   * @param untilMicros outcomes before this are in, if the last window had not ended yet; else
   *     Long.MAX_VALUE
   * @param windows how many windows it was merged from
   * @param sums all outcomes in them
   */
  public record Merged(
      long fromMicros, long toMicros, long untilMicros, int windows, SliceSums sums) {}

  private final Map<Span, StoredWindow> records = new TreeMap<>(WindowMerge::order);

  private static int order(Span a, Span b) {
    int byStart = Long.compare(a.start, b.start);
    return byStart != 0 ? byStart : Long.compare(a.end, b.end);
  }

  /** Takes a record in. */
  public void add(StoredWindow window) {
    records.merge(
        new Span(window.startMicros(), window.endMicros()),
        window,
        (one, other) -> StoredWindow.NEWER.compare(one, other) > 0 ? one : other);
  }

  /**
   * The windows the slice is known by, in order of time, none overlapping: long ones where short
   * ones are gone.
   */
  public List<StoredWindow> windows() {
    List<StoredWindow> present =
        records.values().stream().filter(window -> !window.isReplaced()).toList();
    List<StoredWindow> longOnly =
        present.stream().filter(window -> !isWhole(inside(window, present), window)).toList();
    return longOnly.stream()
        .filter(window -> longOnly.stream().noneMatch(outer -> holds(outer, window)))
        .toList();
  }

  private static List<StoredWindow> inside(StoredWindow outer, List<StoredWindow> windows) {
    return windows.stream().filter(window -> holds(outer, window)).toList();
  }

  private static boolean holds(StoredWindow outer, StoredWindow inner) {
    return outer.startMicros() <= inner.startMicros()
        && inner.endMicros() <= outer.endMicros()
        && outer.endMicros() - outer.startMicros() > inner.endMicros() - inner.startMicros();
  }

  private static boolean isWhole(List<StoredWindow> inside, StoredWindow outer) {
    return !inside.isEmpty() && inside.stream().mapToLong(WindowMerge::n).sum() == n(outer);
  }

  private static long n(StoredWindow window) {
    return window.requireSums().estimates().n();
  }

  /**
   * The sums over {@code [fromMicros, toMicros)}, grown to whole windows; empty where no window
   * touches it.
   *
   * @throws IllegalArgumentException if the windows have not all the same estimators
   */
  public Optional<Merged> over(long fromMicros, long toMicros) {
    if (fromMicros >= toMicros) {
      throw new IllegalArgumentException(
          "an interval must end after its start: " + fromMicros + " to " + toMicros);
    }
    List<StoredWindow> touched =
        windows().stream()
            .filter(window -> window.startMicros() < toMicros && window.endMicros() > fromMicros)
            .toList();
    if (touched.isEmpty()) {
      return Optional.empty();
    }
    SliceSums sums = new SliceSums(touched.get(0).requireSums().estimates().specs());
    touched.forEach(window -> sums.merge(window.requireSums()));
    StoredWindow last = touched.get(touched.size() - 1);
    return Optional.of(
        new Merged(
            Math.min(fromMicros, touched.get(0).startMicros()),
            Math.max(toMicros, last.endMicros()),
            last.untilMicros() < last.endMicros() ? last.untilMicros() : Long.MAX_VALUE,
            touched.size(),
            sums));
  }
}
