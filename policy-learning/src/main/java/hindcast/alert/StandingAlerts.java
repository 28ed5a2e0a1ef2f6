package hindcast.alert;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which alerts stand, and since when: turns the conditions of each look into beginnings, changes of
 * severity, and ends. Two conditions of a look with the same {@link Condition#id} are one, the more
 * severe; while an alert stands, its severity only rises. One that comes again after its end is a
 * new episode of the same alert, with a later beginning.
 */
public final class StandingAlerts {
  /**
   * A beginning, a change of severity, or an end.
   *
   * @param condition as it is; as it last was before it ended
   * @param startMicros event time at which it began
   * @param changedMicros event time of this change
   * @param stands false if it has ended
   */
  public record Change(Condition condition, long startMicros, long changedMicros, boolean stands) {}

  private record Standing(Condition condition, long startMicros) {}

  private final TreeMap<String, Standing> standing = new TreeMap<>();

  /**
   * What has changed since the look before, by id.
   *
   * @param conditions all that hold now
   * @param timeMicros event time of the look
   */
  public List<Change> update(List<Condition> conditions, long timeMicros) {
    Map<String, Condition> now = new TreeMap<>();
    conditions.forEach(
        condition -> now.merge(condition.id(), condition, StandingAlerts::moreSevere));
    List<Change> changes = new ArrayList<>();
    now.forEach(
        (id, condition) -> {
          Standing before = standing.get(id);
          if (before == null) {
            standing.put(id, new Standing(condition, timeMicros));
            changes.add(new Change(condition, timeMicros, timeMicros, true));
          } else if (condition.severity().compareTo(before.condition().severity()) > 0) {
            standing.put(id, new Standing(condition, before.startMicros()));
            changes.add(new Change(condition, before.startMicros(), timeMicros, true));
          }
        });
    standing
        .entrySet()
        .removeIf(
            entry -> {
              boolean ended = !now.containsKey(entry.getKey());
              if (ended) {
                Standing last = entry.getValue();
                changes.add(new Change(last.condition(), last.startMicros(), timeMicros, false));
              }
              return ended;
            });
    return changes;
  }

  private static Condition moreSevere(Condition one, Condition other) {
    return one.severity().compareTo(other.severity()) >= 0 ? one : other;
  }

  /** How many alerts stand. */
  public int size() {
    return standing.size();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(standing.size());
    for (Standing one : standing.values()) {
      out.writeLong(one.startMicros());
      ConditionState.write(one.condition(), out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    standing.clear();
    for (int k = in.readInt(); k > 0; k--) {
      long start = in.readLong();
      Condition condition = ConditionState.read(in);
      standing.put(condition.id(), new Standing(condition, start));
    }
  }
}
