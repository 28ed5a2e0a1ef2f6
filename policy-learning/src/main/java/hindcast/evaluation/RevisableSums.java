package hindcast.evaluation;

import hindcast.estimator.EstimatorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The sums of one slice, of which the last windows can still be revised.
 *
 * <pre>
 * total = ((settled ⊕ part of window 1) ⊕ part of window 2) ⊕ ...
 * </pre>
 *
 * <p>Each window of impression time inside the correction horizon has sums of its own. To correct
 * an outcome, the part of its window is summed again from the window's {@link ScoredWindow}:
 * nothing is subtracted, so no digits are lost, and what cannot be subtracted, such as the largest
 * weight, is revised too. When the horizon has passed a window, its part is merged into the settled
 * sums. Since windows are merged in their order in both places, the total is to the bit what it
 * would be had every reward come in time.
 *
 * <p>Holds one part for each window inside the horizon. The parts are not written: they follow from
 * the scored windows.
 */
public final class RevisableSums {
  private final List<EstimatorSpec> estimators;
  private final long halfLifeMicros;
  private final SliceSums settled;
  private final TreeMap<Long, SliceSums> parts = new TreeMap<>();

  /** Empty sums of these estimators without decayed ones. */
  public RevisableSums(List<EstimatorSpec> estimators) {
    this(estimators, 0);
  }

  /**
   * Empty sums of these estimators.
   *
   * @param halfLifeMicros half-life of the decayed estimates beside them; 0 for none
   */
  public RevisableSums(List<EstimatorSpec> estimators, long halfLifeMicros) {
    this.halfLifeMicros = halfLifeMicros;
    this.estimators = List.copyOf(estimators);
    this.settled = new SliceSums(estimators, halfLifeMicros);
  }

  /** Adds an outcome for good. */
  public void add(ScoredOutcome outcome, boolean inForce) {
    settled.add(outcome, inForce);
  }

  /** Adds an outcome of a window that can be revised; settled windows are earlier. */
  public void add(long windowEndMicros, ScoredOutcome outcome, boolean inForce) {
    parts
        .computeIfAbsent(windowEndMicros, end -> new SliceSums(estimators, halfLifeMicros))
        .add(outcome, inForce);
  }

  /** A window that can be revised may get outcomes later, and is not settled before. */
  public void begin(long windowEndMicros) {
    parts.computeIfAbsent(windowEndMicros, end -> new SliceSums(estimators, halfLifeMicros));
  }

  /** Takes the sums of a window back, to add its outcomes again. */
  public void withdraw(long windowEndMicros) {
    parts.remove(windowEndMicros);
  }

  /**
   * Windows up to and with this one are not revised any more.
   *
   * @return whether there was anything to settle
   */
  public boolean settle(long windowEndMicros) {
    return settle(windowEndMicros, (end, part) -> {});
  }

  /**
   * Windows up to and with this one are not revised any more.
   *
   * @param each receives the end and the sums of each window with outcomes that is settled now
   * @return whether there was anything to settle
   */
  public boolean settle(long windowEndMicros, BiConsumer<Long, SliceSums> each) {
    Map<Long, SliceSums> done = parts.headMap(windowEndMicros, true);
    boolean any = !done.isEmpty();
    done.values().removeIf(SliceSums::isEmpty);
    done.forEach(each);
    done.values().forEach(settled::merge);
    done.clear();
    return any;
  }

  /** The sums of the windows that can still be revised, by their end. */
  public NavigableMap<Long, SliceSums> parts() {
    return Collections.unmodifiableNavigableMap(parts);
  }

  /** Whether some window can still be revised. */
  public boolean isRevisable() {
    return !parts.isEmpty();
  }

  /** Whether no outcome was added. */
  public boolean isEmpty() {
    return settled.isEmpty() && parts.values().stream().allMatch(SliceSums::isEmpty);
  }

  /** The sums over all outcomes. */
  public SliceSums total() {
    if (parts.values().stream().allMatch(SliceSums::isEmpty)) {
      return settled;
    }
    SliceSums total = new SliceSums(estimators, halfLifeMicros);
    total.merge(settled);
    parts.values().stream().filter(part -> !part.isEmpty()).forEach(total::merge);
    return total;
  }

  /** Writes the settled sums. */
  public void write(DataOutput out) throws IOException {
    settled.write(out);
  }

  /** Replaces the settled sums by those that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    settled.read(in);
  }
}
