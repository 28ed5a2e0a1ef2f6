package hindcast.local.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hindcast.avro.GateVerdict;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.local.letters.TopicScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The last verdict on each candidate, as JSON, from a topic or from the report of a replay. */
public final class VerdictBook {
  /** Name of the verdicts in the report of a run. */
  public static final String FIELD = "verdicts";

  private final Map<String, TreeMap<Long, JsonNode>> verdicts = new TreeMap<>();

  private VerdictBook() {}

  /**
   * The verdicts of a broker's [gate-verdicts].
   *
   * @throws LocalStartException if no broker answers or the topic is not there
   */
  public static VerdictBook read(KafkaSettings settings) {
    VerdictBook book = new VerdictBook();
    try (TopicScan scan = new TopicScan(settings)) {
      scan.read(
          scan.beginning(settings.topics().gateVerdicts()),
          record -> {
            if (WireFormat.ofThread().decode(record.value()).record()
                instanceof GateVerdict verdict) {
              book.add(RecordJson.of(verdict));
            }
          });
    }
    return book;
  }

  /**
   * The verdicts of a file that {@code replay --report} wrote.
   *
   * @throws LocalStartException if it cannot be read or is no report
   */
  public static VerdictBook read(Path report) {
    LogFiles.requireReadable("--report", report);
    try {
      JsonNode tree = new ObjectMapper().readTree(Files.readString(report));
      if (tree == null || !tree.path(FIELD).isArray()) {
        throw new LocalStartException("--report must be a report that replay wrote: " + report);
      }
      VerdictBook book = new VerdictBook();
      tree.path(FIELD).forEach(book::add);
      return book;
    } catch (IOException e) {
      throw new LocalStartException("--report cannot be read: " + report, e);
    }
  }

  /** Verdicts as a report holds them. */
  public static ArrayNode json(Collection<GateVerdict> verdicts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    verdicts.forEach(verdict -> array.add(RecordJson.of(verdict)));
    return array;
  }

  private void add(JsonNode verdict) {
    verdicts
        .computeIfAbsent(verdict.path("policy").asText(), policy -> new TreeMap<>())
        .merge(
            verdict.path("version").asLong(),
            verdict,
            (one, other) ->
                one.path("eventTimeMicros").asLong() > other.path("eventTimeMicros").asLong()
                    ? one
                    : other);
  }

  /** The last verdict on a version of a policy; on its newest candidate where none is named. */
  public Optional<JsonNode> verdict(String policy, Long version) {
    TreeMap<Long, JsonNode> ofPolicy = verdicts.get(policy);
    if (ofPolicy == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        version == null ? ofPolicy.lastEntry().getValue() : ofPolicy.get(version));
  }

  /** Every candidate, {@code policy version}. */
  public Collection<String> candidates() {
    return verdicts.entrySet().stream()
        .flatMap(policy -> policy.getValue().keySet().stream().map(v -> policy.getKey() + " " + v))
        .toList();
  }
}
