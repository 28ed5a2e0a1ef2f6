package hindcast.evaluation;

import hindcast.estimator.EstimatorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tumbling windows of one slice from their first outcome until nothing can change them, and the
 * records that are to be stored of them.
 *
 * <pre>
 * short window = settled outcomes ⊕ parts that can still be corrected
 * long window  = short window 1 ⊕ short window 2 ⊕ ...
 * </pre>
 *
 * <p>A short window is stored when it has ended, and again after corrections. Once settled it is
 * merged into its long window, which is stored when it has ended and all its short ones are
 * settled; at the age of compaction the short ones are given out as replaced. The value over any
 * interval of whole windows is the merge of their records ({@link WindowMerge}). Windows without
 * outcomes are not stored.
 *
 * <p>Held: the sums of the last few windows the sliding value is over, of those that can still be
 * corrected and of the long windows they lie in; of older long windows the starts of their short
 * ones, until these are replaced. Parts are not held here: {@link RevisableSums} has them, and they
 * follow from the {@link ScoredWindow}s.
 */
public final class SliceWindows {
  private final List<EstimatorSpec> estimators;
  private final WindowPlan plan;
  private final TreeMap<Long, ShortWindow> shorts = new TreeMap<>();
  private final TreeMap<Long, LongWindow> longs = new TreeMap<>();

  /** No windows yet. */
  public SliceWindows(List<EstimatorSpec> estimators, WindowPlan plan) {
    this.estimators = List.copyOf(estimators);
    this.plan = plan;
  }

  /** Adds for good an outcome of a minibatch window that ends then. */
  public void add(long partEndMicros, ScoredOutcome outcome, boolean inForce) {
    shortWindow(partEndMicros).settled.add(outcome, inForce);
  }

  /** A part of a window has begun that can be corrected. */
  public void begin(long partEndMicros) {
    shortWindow(partEndMicros);
  }

  /** A part cannot be corrected any more. */
  public void settle(long partEndMicros, SliceSums part) {
    shortWindow(partEndMicros).settled.merge(part);
  }

  /** So many corrections are in the part that ends then. */
  public void corrected(long partEndMicros, long count) {
    shortWindow(partEndMicros).revision += count;
  }

  private ShortWindow shortWindow(long partEndMicros) {
    return shorts.computeIfAbsent(
        plan.startOf(partEndMicros), start -> new ShortWindow(new SliceSums(estimators)));
  }

  /**
   * What is to be stored now, in order of time.
   *
   * @param evaluatedUntilMicros all outcomes before this are in
   * @param parts the parts that can still be corrected, by their end
   * @param unfinished whether windows that have not ended are wanted too, as at the end of a stream
   */
  public List<StoredWindow> due(
      long evaluatedUntilMicros, NavigableMap<Long, SliceSums> parts, boolean unfinished) {
    List<StoredWindow> stored = new ArrayList<>();
    shorts.forEach(
        (start, window) -> {
          long end = start + plan.lengthMicros();
          boolean ended = end <= evaluatedUntilMicros;
          if ((ended || unfinished) && window.storedRevision < window.revision) {
            SliceSums total = total(start, parts);
            if (!total.isEmpty()) {
              long until = Math.min(end, evaluatedUntilMicros);
              stored.add(new StoredWindow(start, end, until, window.revision, total));
            }
            window.storedRevision = ended ? window.revision : window.storedRevision;
          }
          if (ended && !window.mergedIntoLong && !isCorrectable(start, parts)) {
            mergeIntoLong(start, window);
          }
        });
    shorts
        .headMap(
            Math.floorDiv(evaluatedUntilMicros, plan.lengthMicros()) * plan.lengthMicros()
                - plan.sliding() * plan.lengthMicros())
        .values()
        .removeIf(window -> window.mergedIntoLong);
    longs.forEach((start, window) -> store(start, window, evaluatedUntilMicros, stored));
    longs.values().removeIf(window -> window.replaced);
    return stored;
  }

  private void mergeIntoLong(long start, ShortWindow window) {
    window.mergedIntoLong = true;
    if (plan.isCompacting() && !window.settled.isEmpty()) {
      longs
          .computeIfAbsent(
              plan.longStartOf(start), key -> new LongWindow(new SliceSums(estimators)))
          .add(start, window);
    }
  }

  private void store(long start, LongWindow window, long untilMicros, List<StoredWindow> stored) {
    long end = start + plan.longMicros();
    boolean settled =
        shorts.subMap(start, end).values().stream().allMatch(part -> part.mergedIntoLong);
    if (window.sums != null && end <= untilMicros && settled) {
      stored.add(new StoredWindow(start, end, end, window.revision, window.sums));
      window.sums = null;
    }
    if (window.sums == null && end + plan.compactAfterMicros() <= untilMicros) {
      for (long part : window.starts) {
        long partEnd = part + plan.lengthMicros();
        stored.add(new StoredWindow(part, partEnd, partEnd, Long.MAX_VALUE, null));
      }
      window.replaced = true;
    }
  }

  /** The sums of the last whole windows, at most so many, that ended by then. */
  public Optional<SliceSums> last(
      int windows, long evaluatedUntilMicros, NavigableMap<Long, SliceSums> parts) {
    long until = Math.floorDiv(evaluatedUntilMicros, plan.lengthMicros()) * plan.lengthMicros();
    Map<Long, ShortWindow> last =
        shorts.subMap(until - windows * plan.lengthMicros(), true, until, false);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    SliceSums sums = new SliceSums(estimators);
    last.keySet().forEach(start -> sums.merge(total(start, parts)));
    return sums.isEmpty() ? Optional.empty() : Optional.of(sums);
  }

  private SliceSums total(long start, NavigableMap<Long, SliceSums> parts) {
    SliceSums total = new SliceSums(estimators);
    total.merge(shorts.get(start).settled);
    partsOf(start, parts).values().forEach(total::merge);
    return total;
  }

  private boolean isCorrectable(long start, NavigableMap<Long, SliceSums> parts) {
    return !partsOf(start, parts).isEmpty();
  }

  private Map<Long, SliceSums> partsOf(long start, NavigableMap<Long, SliceSums> parts) {
    return parts.subMap(start, false, start + plan.lengthMicros(), true);
  }

  /** Whether nothing is left to be stored later. */
  public boolean isDone() {
    return longs.isEmpty() && shorts.values().stream().allMatch(window -> window.mergedIntoLong);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(shorts.size());
    for (Map.Entry<Long, ShortWindow> entry : shorts.entrySet()) {
      out.writeLong(entry.getKey());
      entry.getValue().write(out);
    }
    out.writeInt(longs.size());
    for (Map.Entry<Long, LongWindow> entry : longs.entrySet()) {
      out.writeLong(entry.getKey());
      entry.getValue().write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    shorts.clear();
    longs.clear();
    for (int k = in.readInt(); k > 0; k--) {
      shorts.put(in.readLong(), ShortWindow.read(in, new SliceSums(estimators)));
    }
    for (int k = in.readInt(); k > 0; k--) {
      longs.put(in.readLong(), LongWindow.read(in, new SliceSums(estimators)));
    }
  }

  private static final class ShortWindow {
    private final SliceSums settled;
    private long revision;
    private long storedRevision = -1;
    private boolean mergedIntoLong;

    ShortWindow(SliceSums settled) {
      this.settled = settled;
    }

    void write(DataOutput out) throws IOException {
      settled.write(out);
      out.writeLong(revision);
      out.writeLong(storedRevision);
      out.writeBoolean(mergedIntoLong);
    }

    static ShortWindow read(DataInput in, SliceSums sums) throws IOException {
      sums.read(in);
      ShortWindow window = new ShortWindow(sums);
      window.revision = in.readLong();
      window.storedRevision = in.readLong();
      window.mergedIntoLong = in.readBoolean();
      return window;
    }
  }

  private static final class LongWindow {
    private SliceSums sums;
    private long revision;
    private boolean replaced;
    private final List<Long> starts = new ArrayList<>();

    LongWindow(SliceSums sums) {
      this.sums = sums;
    }

    void add(long start, ShortWindow window) {
      sums.merge(window.settled);
      revision += window.revision;
      starts.add(start);
    }

    void write(DataOutput out) throws IOException {
      out.writeBoolean(sums != null);
      if (sums != null) {
        sums.write(out);
      }
      out.writeLong(revision);
      out.writeInt(starts.size());
      for (long start : starts) {
        out.writeLong(start);
      }
    }

    static LongWindow read(DataInput in, SliceSums sums) throws IOException {
      boolean present = in.readBoolean();
      if (present) {
        sums.read(in);
      }
      LongWindow window = new LongWindow(present ? sums : null);
      window.revision = in.readLong();
      for (int k = in.readInt(); k > 0; k--) {
        window.starts.add(in.readLong());
      }
      return window;
    }
  }
}
