package hindcast.local;

import hindcast.connectors.kafka.ControlWatermarks;
import hindcast.connectors.kafka.MarkerWatermarks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * The numbers of metric group {@code hindcast} of one mini cluster in this JVM, as the screen and
 * the report read them, and from the sources how far they have read and how often they gave up
 * waiting.
 *
 * <p>A value is kept under its full scope (name, operator, subtask, labels). When an operator
 * closes its last value stays; when it is restarted all values of its failed attempt go, so nothing
 * is counted twice. Flink may remove the metrics of a failed attempt after the next one has added
 * its own; that changes nothing here. Texts are kept too, the latest of each key. Thread-safe.
 */
public final class LocalMetrics {

  /** Last offset a source has read of a partition; labels {@code topic} and {@code partition}. */
  public static final String CURRENT_OFFSET = "currentOffset";

  private static final String GROUP = "hindcast";
  private static final List<String> OF_SOURCES =
      List.of(MarkerWatermarks.IDLE_FALLBACKS, ControlWatermarks.RELEASES, CURRENT_OFFSET);
  private static final Map<String, LocalMetrics> RUNS = new ConcurrentHashMap<>();

  private final Map<Key, Value> values = new ConcurrentHashMap<>();
  private final Map<Key, Supplier<String>> texts = new ConcurrentHashMap<>();

  /** A number, the metric it is or was read from, and which attempt of its task that was. */
  private record Value(Metric metric, int attempt, DoubleSupplier number) {
    double get() {
      return number.getAsDouble();
    }
  }

  private record Key(String name, String operator, String subtask, Map<String, String> labels) {}

  /** The registry of the run with this name, made on first use. */
  static LocalMetrics ofRun(String run) {
    return RUNS.computeIfAbsent(run, name -> new LocalMetrics());
  }

  /** Forgets a run; readers that hold its registry keep it. */
  static void forget(String run) {
    RUNS.remove(run);
  }

  /** Sum over operators, subtasks and labels; 0 where nothing of that name was reported. */
  public long sum(String name) {
    return sum(name, Map.of());
  }

  /** Sum of {@code name} over the values that carry all of {@code labels}. */
  public long sum(String name, Map<String, String> labels) {
    return Math.round(matching(name, labels).mapToDouble(entry -> entry.getValue().get()).sum());
  }

  /** The sums of {@code name} for each value of one label, in the order of the label's values. */
  public SortedMap<String, Long> sumBy(String label, String name, Map<String, String> labels) {
    SortedMap<String, Long> sums = new TreeMap<>();
    matching(name, labels)
        .filter(entry -> entry.getKey().labels().containsKey(label))
        .forEach(
            entry ->
                sums.merge(
                    entry.getKey().labels().get(label),
                    Math.round(entry.getValue().get()),
                    Long::sum));
    return sums;
  }

  /** Largest value of {@code name} among those that carry all of {@code labels}. */
  public OptionalDouble max(String name, Map<String, String> labels) {
    return matching(name, labels).mapToDouble(entry -> entry.getValue().get()).max();
  }

  /** The texts of {@code name} for each value of one label, in the order of the label's values. */
  public SortedMap<String, String> textBy(String label, String name) {
    SortedMap<String, String> found = new TreeMap<>();
    texts.forEach(
        (key, text) -> {
          if (key.name().equals(name) && key.labels().containsKey(label)) {
            found.put(key.labels().get(label), text.get());
          }
        });
    return found;
  }

  /** Every value as one line, sorted: what a person debugging wants to see. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (key, value) ->
            lines.add(
                "%s[%s] %s %s = %s"
                    .formatted(
                        key.operator(),
                        key.subtask(),
                        key.name(),
                        new TreeMap<>(key.labels()),
                        value.get())));
    Collections.sort(lines);
    return lines;
  }

  private Stream<Map.Entry<Key, Value>> matching(String name, Map<String, String> labels) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .filter(entry -> entry.getKey().labels().entrySet().containsAll(labels.entrySet()));
  }

  void added(Metric metric, String name, MetricGroup group) {
    if (isOurs(name, group) && text(metric).isPresent()) {
      texts.put(keyOf(name, group), () -> text(metric).orElse(""));
    }
    if (!isOurs(name, group) || numeric(metric).isEmpty()) {
      return;
    }
    Key key = keyOf(name, group);
    int attempt = attempt(group);
    values.entrySet().removeIf(old -> isOfEarlierAttempt(old, key, attempt));
    values.put(key, new Value(metric, attempt, () -> numeric(metric).orElse(0)));
  }

  void removed(Metric metric, String name, MetricGroup group) {
    if (!isOurs(name, group)) {
      return;
    }
    double last = numeric(metric).orElse(0);
    values.computeIfPresent(
        keyOf(name, group),
        (key, value) ->
            value.metric() == metric ? new Value(metric, value.attempt(), () -> last) : value);
  }

  /** What a failed attempt counted is void: the next one goes on from its checkpoint. */
  private static boolean isOfEarlierAttempt(Map.Entry<Key, Value> old, Key key, int attempt) {
    return old.getValue().attempt() < attempt
        && old.getKey().operator().equals(key.operator())
        && old.getKey().subtask().equals(key.subtask());
  }

  private static int attempt(MetricGroup group) {
    return Integer.parseInt(group.getAllVariables().getOrDefault("<task_attempt_num>", "0"));
  }

  private static boolean isOurs(String name, MetricGroup group) {
    if (OF_SOURCES.contains(name)) {
      return true;
    }
    String scope =
        LogicalScopeProvider.castFrom(group).getLogicalScope(CharacterFilter.NO_OP_FILTER, '.');
    return (scope + ".").contains(".operator." + GROUP + ".");
  }

  private static Key keyOf(String name, MetricGroup group) {
    Map<String, String> labels = new HashMap<>();
    String operator = "";
    String subtask = "";
    for (Map.Entry<String, String> variable : group.getAllVariables().entrySet()) {
      String key = variable.getKey();
      String bare = key.substring(1, key.length() - 1);
      switch (bare) {
        case "operator_name" -> operator = variable.getValue();
        case "subtask_index" -> subtask = variable.getValue();
        default -> {
          if (!FLINK_VARIABLES.contains(bare)) {
            labels.put(bare, variable.getValue());
          }
        }
      }
    }
    return new Key(name, operator, subtask, Map.copyOf(labels));
  }

  private static final List<String> FLINK_VARIABLES =
      List.of(
          "host",
          "tm_id",
          "job_id",
          "job_name",
          "task_id",
          "task_name",
          "task_attempt_id",
          "task_attempt_num",
          "operator_id");

  private static Optional<String> text(Metric metric) {
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  private static OptionalDouble numeric(Metric metric) {
    if (metric instanceof Counter counter) {
      return OptionalDouble.of((double) counter.getCount());
    }
    if (metric instanceof Meter meter) {
      return OptionalDouble.of(meter.getRate());
    }
    if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    return OptionalDouble.empty();
  }
}
