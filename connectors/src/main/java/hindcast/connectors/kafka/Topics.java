package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The twelve topics, their names behind a common prefix, and the settings they are created with.
 *
 * <p>Every topic stamps records with the broker's time (event time lives in the payload): so
 * retention does not delete a replayed old log, and event times can be checked against the append
 * time. The catalogue, estimates, their windows, verdicts, alerts and findings are compacted;
 * commands and policy checkpoints are kept for ever; the rest follows the broker's retention.
 *
 * <p>A time marker in the compacted catalogue topic needs a key: {@link RecordKeys} gives every
 * marker the same.
 *
 * @param prefix put before each name; may be empty
 */
public record Topics(String prefix) {
  /** Largest dead letter: room for any refused record besides its description. */
  static final int DEAD_LETTER_MAX_BYTES = 4 << 20;

  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration METADATA_PAUSE = Duration.ofMillis(50);

  public Topics {
    Objects.requireNonNull(prefix, "prefix");
    if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
      throw new IllegalArgumentException(
          "topic prefix must be at most 100 of letters, digits, '.', '_' and '-': " + prefix);
    }
  }

  /** Impressions in. */
  public String impressions() {
    return prefix + "impressions";
  }

  /** Rewards in. */
  public String rewards() {
    return prefix + "rewards";
  }

  /** Catalogue manifests in. */
  public String catalogue() {
    return prefix + "catalogue";
  }

  /** Commands in. */
  public String policyControl() {
    return prefix + "policy-control";
  }

  /** Joined feedback out. */
  public String feedback() {
    return prefix + "feedback";
  }

  /** Versions of learned policies out. */
  public String policyCheckpoints() {
    return prefix + "policy-checkpoints";
  }

  /** Estimates out. */
  public String valueEstimates() {
    return prefix + "value-estimates";
  }

  /** Windows of estimates out. */
  public String valueWindows() {
    return prefix + "value-windows";
  }

  /** Verdicts of gates out. */
  public String gateVerdicts() {
    return prefix + "gate-verdicts";
  }

  /** Alerts out. */
  public String regressionAlerts() {
    return prefix + "regression-alerts";
  }

  /** Findings of the audit out. */
  public String auditFindings() {
    return prefix + "audit-findings";
  }

  /** Rejected records out. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }

  /** The topic of an input. */
  public String of(InputStream stream) {
    return switch (stream) {
      case IMPRESSIONS -> impressions();
      case REWARDS -> rewards();
      case CATALOGUE -> catalogue();
      case POLICY_CONTROL -> policyControl();
      case UNKNOWN -> throw new IllegalArgumentException("no topic belongs to stream " + stream);
    };
  }

  /** The four topics a job reads. */
  public List<String> inputs() {
    return List.of(impressions(), rewards(), catalogue(), policyControl());
  }

  /** All twelve. */
  public List<String> all() {
    List<String> all = new ArrayList<>(inputs());
    all.addAll(
        List.of(
            feedback(),
            policyCheckpoints(),
            valueEstimates(),
            valueWindows(),
            gateVerdicts(),
            regressionAlerts(),
            auditFindings(),
            deadLetters()));
    return List.copyOf(all);
  }

  /**
   * The topics as they are to be created. The catalogue and the commands have one partition, so
   * that they are read in the order they were written.
   */
  public List<NewTopic> definitions(int partitions, short replication) {
    return all().stream()
        .map(
            name ->
                new NewTopic(name, isOrdered(name) ? 1 : partitions, replication)
                    .configs(configuration(name)))
        .toList();
  }

  /**
   * Creates the topics that do not exist, leaves the others as they are, and returns when the
   * leaders of all partitions answer. Until then a batch may be refused and the one after it
   * accepted; an idempotent producer then repeats the first in vain until it expires.
   *
   * @throws ExecutionException if the broker refuses a topic, or a leader does not answer in time
   */
  public void create(Admin admin, int partitions, short replication)
      throws ExecutionException, InterruptedException {
    for (var created : admin.createTopics(definitions(partitions, replication)).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    awaitLeaders(admin);
  }

  private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic : described(admin)) {
      topic
          .partitions()
          .forEach(
              partition ->
                  partitions.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.earliest()));
    }
    admin.listOffsets(partitions).all().get();
  }

  /** A broker that has not yet heard of a topic just created is asked again. */
  private Collection<TopicDescription> described(Admin admin)
      throws ExecutionException, InterruptedException {
    Instant end = Instant.now().plus(METADATA_TIMEOUT);
    while (true) {
      try {
        return admin.describeTopics(all()).allTopicNames().get().values();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException) || Instant.now().isAfter(end)) {
          throw e;
        }
        Thread.sleep(METADATA_PAUSE.toMillis());
      }
    }
  }

  /** Whether a topic has one partition, read in the order it was written. */
  boolean isOrdered(String name) {
    return name.equals(catalogue()) || name.equals(policyControl());
  }

  /** Whether nothing in a topic is ever deleted. */
  boolean isKeptForEver(String name) {
    return name.equals(policyControl()) || name.equals(policyCheckpoints());
  }

  private Map<String, String> configuration(String name) {
    Map<String, String> stamped =
        Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    if (name.equals(catalogue())
        || name.equals(valueEstimates())
        || name.equals(valueWindows())
        || name.equals(gateVerdicts())
        || name.equals(regressionAlerts())
        || name.equals(auditFindings())) {
      return with(stamped, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }
    if (isKeptForEver(name)) {
      return with(stamped, TopicConfig.RETENTION_MS_CONFIG, "-1");
    }
    if (name.equals(deadLetters())) {
      return with(
          stamped, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEAD_LETTER_MAX_BYTES));
    }
    return stamped;
  }

  private static Map<String, String> with(Map<String, String> base, String key, String value) {
    Map<String, String> extended = new HashMap<>(base);
    extended.put(key, value);
    return Map.copyOf(extended);
  }
}
