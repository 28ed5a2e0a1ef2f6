package hindcast.policy;

import hindcast.feedback.LoggedFeedback;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Always the item with the largest mean reward so far, in each group of feedback:
 *
 * <pre>
 * argmax over eligible a of  sum r(a) / (n(a) + 10)
 * </pre>
 *
 * <p>over the feedback of the group that was added before; of equals the one that was shown first.
 * Where no eligible item was shown yet, every eligible item alike.
 *
 * <p>Asked before it is given the same feedback ({@link #probability}, then {@link #add}), each
 * choice depends on earlier feedback alone: its importance weights have conditional mean 1 at most
 * where propensities are right.
 *
 * <p>Memory is bounded: beyond the given number of (group, item) pairs no further ones are
 * remembered. Not thread-safe.
 */
public final class GreedySoFar implements Policy {
  private static final double PRIOR = 10;

  private static final class Cell {
    final String item;
    final int order;
    double rewards;
    long shown;

    Cell(String item, int order) {
      this.item = item;
      this.order = order;
    }

    double score() {
      return rewards / (shown + PRIOR);
    }
  }

  private static final Comparator<Cell> BEST_FIRST =
      Comparator.comparingDouble(Cell::score).reversed().thenComparingInt(cell -> cell.order);

  private static final class Group {
    final Map<String, Cell> items = new HashMap<>();
    final TreeSet<Cell> ranked = new TreeSet<>(BEST_FIRST);
  }

  private final Function<LoggedFeedback, ?> group;
  private final UniformPolicy otherwise;
  private final int most;
  private final Map<Object, Group> groups = new HashMap<>();
  private int cells;

  /**
   * @param group what feedback belongs to: its segment, its context
   * @param catalogueSize number of items where the feedback names no eligible ones, at least 1
   * @param most pairs of group and item that are remembered, at least 1
   */
  public GreedySoFar(Function<LoggedFeedback, ?> group, int catalogueSize, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("remembered pairs must be at least 1: " + most);
    }
    this.group = group;
    this.otherwise = new UniformPolicy(catalogueSize);
    this.most = most;
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    Cell best = best(feedback);
    if (best == null) {
      return otherwise.probability(feedback);
    }
    return best.item.equals(feedback.itemId()) ? 1 : 0;
  }

  private Cell best(LoggedFeedback feedback) {
    Group known = groups.get(group.apply(feedback));
    if (known == null) {
      return null;
    }
    Cell first = known.ranked.first();
    if (!feedback.isRestricted() || feedback.eligibleItemIds().contains(first.item)) {
      return first;
    }
    Cell best = null;
    for (String item : feedback.eligibleItemIds()) {
      Cell cell = known.items.get(item);
      if (cell != null && (best == null || BEST_FIRST.compare(cell, best) < 0)) {
        best = cell;
      }
    }
    return best;
  }

  /** Learns what came of a decision. */
  public void add(LoggedFeedback feedback) {
    Object key = group.apply(feedback);
    Group known = groups.get(key);
    Cell cell = known == null ? null : known.items.get(feedback.itemId());
    if (cell == null) {
      if (cells >= most) {
        return;
      }
      if (known == null) {
        known = new Group();
        groups.put(key, known);
      }
      cell = new Cell(feedback.itemId(), cells++);
      known.items.put(cell.item, cell);
    } else {
      known.ranked.remove(cell);
    }
    cell.shown++;
    cell.rewards += feedback.reward();
    known.ranked.add(cell);
  }
}
