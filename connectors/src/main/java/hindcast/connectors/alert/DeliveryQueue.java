package hindcast.connectors.alert;

import hindcast.avro.Alert;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one endpoint still has to get. Records of the same alert leave in the order they came, one
 * at a time; an alert that waits for another attempt does not hold up the others. Times are
 * milliseconds of any clock.
 */
final class DeliveryQueue {
  /** A record of an alert on its way. */
  static final class Pending {
    private final Alert alert;
    private final int partition;
    private final long offset;
    private int attempts;
    private long firstTriedAt;
    private long due;

    Pending(Alert alert, int partition, long offset) {
      this.alert = alert;
      this.partition = partition;
      this.offset = offset;
    }

    Alert alert() {
      return alert;
    }

    /** Attempts so far. */
    int attempts() {
      return attempts;
    }

    /** Counts an attempt made at {@code now}. */
    void tried(long now) {
      firstTriedAt = attempts == 0 ? now : firstTriedAt;
      attempts++;
    }

    /** Milliseconds since the first attempt. */
    long age(long now) {
      return attempts == 0 ? 0 : now - firstTriedAt;
    }

    /** Not to be tried before {@code time}. */
    void waitUntil(long time) {
      due = time;
    }
  }

  private final Map<String, ArrayDeque<Pending>> byAlert = new LinkedHashMap<>();
  private final Map<Integer, TreeSet<Long>> outstanding = new HashMap<>();
  private final Map<Integer, Long> read = new TreeMap<>();
  private int size;

  /** Appends a record. */
  void add(Pending pending) {
    byAlert.computeIfAbsent(pending.alert.getAlertId(), id -> new ArrayDeque<>()).addLast(pending);
    outstanding.computeIfAbsent(pending.partition, p -> new TreeSet<>()).add(pending.offset);
    size++;
  }

  /** The records of a partition up to and with this one have been read. */
  void read(int partition, long offset) {
    read.put(partition, offset);
  }

  /** The record that has been due for the longest time; null if none is. */
  Pending due(long now) {
    Pending next = null;
    for (ArrayDeque<Pending> records : byAlert.values()) {
      Pending head = records.getFirst();
      if (head.due <= now && (next == null || head.due < next.due)) {
        next = head;
      }
    }
    return next;
  }

  /** A record, the first of its alert, has arrived or was given up. */
  void settle(Pending pending) {
    String id = pending.alert.getAlertId();
    ArrayDeque<Pending> records = byAlert.get(id);
    if (records == null || records.pollFirst() != pending) {
      throw new IllegalStateException("records of an alert leave in order: " + id);
    }
    if (records.isEmpty()) {
      byAlert.remove(id);
    }
    outstanding.get(pending.partition).remove(pending.offset);
    size--;
  }

  /** Records on their way. */
  int size() {
    return size;
  }

  /** By partition, the offset below which everything is settled. */
  Map<Integer, Long> settledBelow() {
    Map<Integer, Long> offsets = new TreeMap<>();
    read.forEach(
        (partition, last) -> {
          TreeSet<Long> open = outstanding.get(partition);
          offsets.put(partition, open == null || open.isEmpty() ? last + 1 : open.first());
        });
    return offsets;
  }
}
