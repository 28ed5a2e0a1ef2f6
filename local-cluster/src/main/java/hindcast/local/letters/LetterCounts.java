package hindcast.local.letters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Letters counted by reason, origin and time. */
public final class LetterCounts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Count> counts = new TreeMap<>();
  private long all;

  private static final class Count {
    private final String reason;
    private final String topic;
    private long count;
    private Instant first;
    private Instant last;

    Count(String reason, String topic) {
      this.reason = reason;
      this.topic = topic;
    }

    void add(Instant time) {
      count++;
      if (time != null) {
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
      }
    }
  }

  /** Counts these. */
  public LetterCounts(List<Letter> letters) {
    for (Letter letter : letters) {
      String reason = letter.record().getReason();
      String topic = letter.record().getTopic();
      counts
          .computeIfAbsent(reason + "/" + topic, key -> new Count(reason, topic))
          .add(letter.time());
      all++;
    }
  }

  /** A table. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Count count : counts.values()) {
      lines.add(
          "%,9d  %-20s %s%s"
              .formatted(
                  count.count,
                  count.reason,
                  count.topic,
                  count.first == null ? "" : "  " + count.first + " to " + count.last));
    }
    lines.add("%,9d  dead letters".formatted(all));
    return lines;
  }

  /** The same as one line of JSON. */
  public String json() {
    ObjectNode node = JSON.createObjectNode().put("letters", all);
    var rows = node.putArray("counts");
    for (Count count : counts.values()) {
      rows.addObject()
          .put("reason", count.reason)
          .put("topic", count.topic)
          .put("letters", count.count)
          .put("first", count.first == null ? null : count.first.toString())
          .put("last", count.last == null ? null : count.last.toString());
    }
    return node.toString();
  }
}
