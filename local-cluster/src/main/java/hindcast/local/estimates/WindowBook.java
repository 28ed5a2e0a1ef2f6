package hindcast.local.estimates;

import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.local.LocalStartException;
import hindcast.local.letters.TopicScan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * The stored windows of a run, one for each key: of several the one with most in it, none where a
 * longer window has replaced it. Thread-safe.
 */
public final class WindowBook {
  private final TreeMap<String, ValueWindow> records = new TreeMap<>();

  /** Takes a record in; one without statistics removes its window. */
  public synchronized void add(ValueWindow window) {
    String key = RecordKeys.text(window);
    if (!window.getStatistics().hasRemaining()) {
      records.remove(key);
      return;
    }
    records.merge(key, window, WindowBook::newer);
  }

  private synchronized void remove(String key) {
    records.remove(key);
  }

  private static ValueWindow newer(ValueWindow one, ValueWindow other) {
    int byTime = Long.compare(one.getUntilMicros(), other.getUntilMicros());
    int order = byTime != 0 ? byTime : Long.compare(one.getRevision(), other.getRevision());
    return order > 0 ? one : other;
  }

  /** All windows, by key. */
  public synchronized List<ValueWindow> records() {
    return List.copyOf(records.values());
  }

  /**
   * The windows of [value-windows].
   *
   * @throws LocalStartException if the topic cannot be read
   */
  public static WindowBook read(KafkaSettings settings) {
    WindowBook book = new WindowBook();
    try (TopicScan scan = new TopicScan(settings)) {
      scan.read(
          scan.beginning(settings.topics().valueWindows()),
          record -> {
            if (record.value() == null) {
              book.remove(new String(record.key(), StandardCharsets.UTF_8));
            } else if (WireFormat.ofThread().decode(record.value()).record()
                instanceof ValueWindow window) {
              book.add(window);
            }
          });
    }
    return book;
  }
}
