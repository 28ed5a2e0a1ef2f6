package hindcast.alert;

import hindcast.alert.Condition.Contribution;
import hindcast.regression.Contributions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a drop comes from: its {@link Contributions} by segment, by item and by hour of event time
 * (UTC). In each of the three the contributions sum to the drop.
 */
final class DropExplanation {
  private static final int SEGMENTS = 200;
  private static final int ITEMS = 500;
  private static final int HOURS = 24 * 14;
  private static final int NAMED = 5;

  private final Contributions segments = new Contributions(SEGMENTS);
  private final Contributions items = new Contributions(ITEMS);
  private final Contributions hours = new Contributions(HOURS);
  private long hourNumber = Long.MIN_VALUE;
  private String hour = "";

  /** Adds what one event contributes to the drop. */
  void add(String segment, String item, long timeMicros, double y) {
    segments.add(segment, y);
    items.add(item, y);
    hours.add(hour(timeMicros), y);
  }

  private String hour(long timeMicros) {
    long number = Math.floorDiv(timeMicros, 3_600_000_000L);
    if (number != hourNumber) {
      hourNumber = number;
      hour = Instant.EPOCH.plus(number, ChronoUnit.HOURS).toString();
    }
    return hour;
  }

  /** The drop: the mean of what was added. */
  double drop() {
    return segments.mean();
  }

  /** The largest contributions of each dimension. */
  List<Contribution> largest() {
    List<Contribution> all = new ArrayList<>();
    segments.largest(NAMED).forEach(part -> all.add(new Contribution("segment", part)));
    items.largest(NAMED).forEach(part -> all.add(new Contribution("item", part)));
    hours.largest(NAMED).forEach(part -> all.add(new Contribution("hour", part)));
    return all;
  }

  void write(DataOutput out) throws IOException {
    segments.write(out);
    items.write(out);
    hours.write(out);
  }

  void read(DataInput in) throws IOException {
    segments.read(in);
    items.read(in);
    hours.read(in);
  }
}
