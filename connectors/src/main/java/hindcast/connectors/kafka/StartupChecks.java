package hindcast.connectors.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What would lose data later, found before a job starts. Each problem is one line that names the
 * value, the rule and the way out:
 *
 * <ul>
 *   <li>no broker can be reached, or it does not know who asks;
 *   <li>the job lacks a grant, see {@link Grant};
 *   <li>a topic is missing, or one that is read in order has more than one partition;
 *   <li>records would be deleted before their windows close, or commands and versions at all;
 *   <li>an input topic does not stamp records with the broker's time, so that event times cannot be
 *       checked against it;
 *   <li>a refused record could be too large for the dead letters;
 *   <li>the transaction timeout is above what the broker allows, or not above the checkpoint
 *       interval;
 *   <li>the clock of this machine is behind that of the broker.
 * </ul>
 */
public final class StartupChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final int DEAD_LETTER_OVERHEAD_BYTES = 16 << 10;
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

  private final KafkaSettings settings;
  private final Needs needs;
  private final Duration patience;
  private final Clock clock;
  private final List<String> problems = new ArrayList<>();

  /**
   * What a job asks of a broker.
   *
   * @param checkpointInterval time between two snapshots
   * @param longestWindow how long a record is needed after it came
   * @param promotes whether gates may write commands
   */
  public record Needs(Duration checkpointInterval, Duration longestWindow, boolean promotes) {}

  private StartupChecks(KafkaSettings settings, Needs needs, Duration patience, Clock clock) {
    this.settings = settings;
    this.needs = needs;
    this.patience = patience;
    this.clock = clock;
  }

  /** Every problem found; empty if the job can start. Takes 10 seconds if no broker answers. */
  public static List<String> problems(KafkaSettings settings, Needs needs) {
    return problems(settings, needs, PATIENCE, Clock.systemUTC());
  }

  static List<String> problems(
      KafkaSettings settings, Needs needs, Duration patience, Clock clock) {
    StartupChecks checks = new StartupChecks(settings, needs, patience, clock);
    checks.checkCheckpointInterval();
    checks.checkBroker();
    return List.copyOf(checks.problems);
  }

  private void checkCheckpointInterval() {
    Duration timeout = settings.transactionTimeout();
    if (settings.exactlyOnce() && timeout.compareTo(needs.checkpointInterval()) <= 0) {
      problems.add(
          "kafka transaction timeout must be longer than the checkpoint interval "
              + text(needs.checkpointInterval())
              + " and any outage: "
              + text(timeout)
              + "; raise it");
    }
  }

  private void checkBroker() {
    Properties properties = settings.clientProperties();
    String timeout = Long.toString(patience.toMillis());
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    try (Admin admin = Admin.create(properties)) {
      Collection<Node> nodes = admin.describeCluster().nodes().get();
      Map<String, TopicDescription> topics = topics(admin);
      List<String> denied =
          new GrantChecks(settings, admin, topics, Math.toIntExact(patience.toMillis()))
              .problems(Grant.of(settings, needs.promotes()));
      problems.addAll(denied);
      if (denied.isEmpty()) {
        judgePartitions(topics.values());
        judgeTopics(topicSettings(admin, topics.keySet()));
        checkTransactionTimeout(admin, nodes.iterator().next());
        checkClock(admin, topics.values());
      }
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      problems.add(
          "kafka at "
              + settings.bootstrapServers()
              + " must be reachable: "
              + cause.getMessage()
              + (cause.getCause() == null ? "" : ": " + cause.getCause().getMessage())
              + "; start it or correct its address and credentials");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add("interrupted while kafka was asked for its settings");
    }
  }

  /** The topics there are, with what is allowed on them; null for one that may not be described. */
  private Map<String, TopicDescription> topics(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> found = new TreeMap<>();
    var described =
        admin.describeTopics(
            settings.topics().all(), new DescribeTopicsOptions().includeAuthorizedOperations(true));
    for (var topic : described.topicNameValues().entrySet()) {
      try {
        found.put(topic.getKey(), topic.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          problems.add(
              "topic must exist: "
                  + topic.getKey()
                  + "; create it as described in the documentation");
        } else if (e.getCause() instanceof AuthorizationException) {
          found.put(topic.getKey(), null);
        } else {
          throw e;
        }
      }
    }
    return found;
  }

  private void judgePartitions(Collection<TopicDescription> topics) {
    for (TopicDescription topic : topics) {
      if (settings.topics().isOrdered(topic.name()) && topic.partitions().size() != 1) {
        problems.add(
            "topic "
                + topic.name()
                + " is read in the order it was written and must have 1 partition: "
                + topic.partitions().size()
                + "; create it anew with one");
      }
    }
  }

  private static Map<String, Config> topicSettings(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> byName = new TreeMap<>();
    admin
        .describeConfigs(resources)
        .all()
        .get()
        .forEach((resource, config) -> byName.put(resource.name(), config));
    return byName;
  }

  private void judgeTopics(Map<String, Config> byName) {
    Config deadLetters = byName.get(settings.topics().deadLetters());
    byName.forEach(this::judgeRetention);
    for (String input : settings.topics().inputs()) {
      if (byName.containsKey(input)) {
        judgeTimestamps(input, byName.get(input));
        if (deadLetters != null) {
          judgeSize(input, maxBytes(byName.get(input)), maxBytes(deadLetters));
        }
      }
    }
  }

  private void judgeRetention(String topic, Config config) {
    if (!value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete")) {
      return;
    }
    long retention = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG));
    boolean endless = settings.topics().isKeptForEver(topic);
    if (endless && retention >= 0) {
      problems.add(
          "topic "
              + topic
              + " is kept for ever and must have retention.ms=-1: "
              + retention
              + "; alter the topic");
    } else if (retention >= 0 && retention <= needs.longestWindow().toMillis()) {
      problems.add(
          "retention.ms of topic "
              + topic
              + " must be longer than the windows, which take "
              + text(needs.longestWindow())
              + " in all: "
              + text(Duration.ofMillis(retention))
              + "; raise it");
    }
  }

  private void judgeTimestamps(String topic, Config config) {
    String type = value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    if (!type.equals("LogAppendTime")) {
      problems.add(
          "topic "
              + topic
              + " must have message.timestamp.type=LogAppendTime: "
              + type
              + "; alter the topic");
    }
  }

  private void judgeSize(String topic, long inputBytes, long deadLetterBytes) {
    if (inputBytes + DEAD_LETTER_OVERHEAD_BYTES > deadLetterBytes) {
      problems.add(
          "max.message.bytes of topic "
              + settings.topics().deadLetters()
              + " must be at least that of "
              + topic
              + " and 16 KB more: "
              + deadLetterBytes
              + " against "
              + inputBytes
              + "; raise it");
    }
  }

  private void checkTransactionTimeout(Admin admin, Node node)
      throws ExecutionException, InterruptedException {
    if (!settings.exactlyOnce()) {
      return;
    }
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
    Config config = admin.describeConfigs(List.of(broker)).all().get().get(broker);
    long allowed = Long.parseLong(config.get(MAX_TRANSACTION_TIMEOUT).value());
    if (settings.transactionTimeout().toMillis() > allowed) {
      problems.add(
          "kafka transaction timeout must be at most the broker's "
              + MAX_TRANSACTION_TIMEOUT
              + " of "
              + text(Duration.ofMillis(allowed))
              + ": "
              + text(settings.transactionTimeout())
              + "; lower it or raise the broker's");
    }
  }

  /** The newest record of the inputs cannot have come later than now. */
  private void checkClock(Admin admin, Collection<TopicDescription> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
    for (TopicDescription topic : topics) {
      if (settings.topics().inputs().contains(topic.name())) {
        topic
            .partitions()
            .forEach(
                partition ->
                    newest.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        OffsetSpec.maxTimestamp()));
      }
    }
    long latest =
        admin.listOffsets(newest).all().get().values().stream()
            .mapToLong(offset -> offset.timestamp())
            .max()
            .orElse(-1);
    Instant now = clock.instant();
    if (Instant.ofEpochMilli(latest).isAfter(now.plus(CLOCK_TOLERANCE))) {
      problems.add(
          "the clock of this machine must not be behind that of the broker, which stored a record at "
              + Instant.ofEpochMilli(latest)
              + ": "
              + now
              + "; set it");
    }
  }

  private static String value(Config config, String key) {
    return config.get(key).value();
  }

  private static long maxBytes(Config config) {
    return Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
