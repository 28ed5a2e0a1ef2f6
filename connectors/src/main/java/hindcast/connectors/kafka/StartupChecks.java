package hindcast.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What would lose data later, found before a job starts. Each problem is one line that names the
 * value, the rule and the way out:
 *
 * <ul>
 *   <li>no broker can be reached, or it denies access;
 *   <li>a topic is missing;
 *   <li>an input topic does not stamp records with the broker's time, so that event times cannot be
 *       checked against it;
 *   <li>a refused record could be too large for the dead letters;
 *   <li>the transaction timeout is above what the broker allows, or not above the checkpoint
 *       interval.
 * </ul>
 */
public final class StartupChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int DEAD_LETTER_OVERHEAD_BYTES = 16 << 10;
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

  private final KafkaSettings settings;
  private final Duration checkpointInterval;
  private final Duration patience;
  private final List<String> problems = new ArrayList<>();

  private StartupChecks(KafkaSettings settings, Duration checkpointInterval, Duration patience) {
    this.settings = settings;
    this.checkpointInterval = checkpointInterval;
    this.patience = patience;
  }

  /** Every problem found; empty if the job can start. Takes 10 seconds if no broker answers. */
  public static List<String> problems(KafkaSettings settings, Duration checkpointInterval) {
    return problems(settings, checkpointInterval, PATIENCE);
  }

  static List<String> problems(
      KafkaSettings settings, Duration checkpointInterval, Duration patience) {
    StartupChecks checks = new StartupChecks(settings, checkpointInterval, patience);
    checks.checkCheckpointInterval();
    checks.checkBroker();
    return List.copyOf(checks.problems);
  }

  private void checkCheckpointInterval() {
    Duration timeout = settings.transactionTimeout();
    if (settings.exactlyOnce() && timeout.compareTo(checkpointInterval) <= 0) {
      problems.add(
          "kafka transaction timeout must be longer than the checkpoint interval "
              + text(checkpointInterval)
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
      checkTopics(admin);
      checkTransactionTimeout(admin, nodes.iterator().next());
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

  private void checkTopics(Admin admin) throws ExecutionException, InterruptedException {
    List<String> present = new ArrayList<>(settings.topics().all());
    present.retainAll(admin.listTopics().names().get());
    for (String topic : settings.topics().all()) {
      if (!present.contains(topic)) {
        problems.add(
            "topic must exist: " + topic + "; create it as described in the documentation");
      }
    }
    judgeTopics(topicSettings(admin, present));
  }

  private static Map<String, Config> topicSettings(Admin admin, List<String> topics)
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
    for (String input : settings.topics().inputs()) {
      if (byName.containsKey(input)) {
        judgeTimestamps(input, byName.get(input));
        if (deadLetters != null) {
          judgeSize(input, maxBytes(byName.get(input)), maxBytes(deadLetters));
        }
      }
    }
  }

  private void judgeTimestamps(String topic, Config config) {
    String type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
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

  private static long maxBytes(Config config) {
    return Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
