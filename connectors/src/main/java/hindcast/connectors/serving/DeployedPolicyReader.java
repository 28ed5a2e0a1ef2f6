package hindcast.connectors.serving;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.control.ControlCommand;
import hindcast.control.DeploymentHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows [policy-control] and [policy-checkpoints] and says which policy is to be served. Both are
 * read from their beginning, committed records only; from then on a command is seen as soon as it
 * is written.
 *
 * <p>A learned version is served only if the command holds it, its content has the hash its record
 * names, and that is the hash under which it was published. Otherwise {@link #deployed} fails with
 * the reason: it never goes on with another version in its place.
 *
 * <p>{@link #poll} is for one thread; {@link #deployed} for any.
 */
public final class DeployedPolicyReader implements AutoCloseable {
  private static final Duration CATCH_UP_POLL = Duration.ofMillis(100);

  /** What is known: the policy, or why it cannot be served. */
  private record Known(DeployedPolicy policy, IOException problem) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final LongSupplier eventTimeMicros;
  private final DeploymentHistory history = new DeploymentHistory();
  private final Map<String, PolicyControl> controls = new HashMap<>();
  private final Map<String, String> published = new HashMap<>();
  private volatile Known known = new Known(null, null);

  /**
   * Reads what the topics hold now.
   *
   * @param eventTimeMicros the event time of serving: a command scheduled for later waits for it
   */
  public DeployedPolicyReader(KafkaSettings settings, LongSupplier eventTimeMicros) {
    this.eventTimeMicros = eventTimeMicros;
    Properties properties = settings.clientProperties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    partitions =
        Stream.of(settings.topics().policyControl(), settings.topics().policyCheckpoints())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
      read(CATCH_UP_POLL);
    }
    update();
  }

  /** Reads what has come, and waits so long if nothing has. */
  public void poll(Duration wait) {
    read(wait);
    update();
  }

  /**
   * The policy to serve; empty before the first promotion.
   *
   * @throws IOException if it cannot be served, and why
   */
  public Optional<DeployedPolicy> deployed() throws IOException {
    Known now = known;
    if (now.problem() != null) {
      throw new IOException(now.problem().getMessage(), now.problem());
    }
    return Optional.ofNullable(now.policy());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void read(Duration wait) {
    consumer.poll(wait).forEach(record -> accept(record.value()));
  }

  private void accept(byte[] value) {
    SpecificRecord record = WireFormat.ofThread().decode(value).record();
    if (record instanceof PolicyCheckpoint checkpoint) {
      published.put(
          name(checkpoint.getPolicyId(), checkpoint.getVersion()), checkpoint.getSha256());
    } else if (record instanceof PolicyControl control) {
      try {
        if (history.add(ControlMapping.command(control))) {
          controls.put(control.getCommandId(), control);
        }
      } catch (IllegalArgumentException e) {
        // the job sends a command that cannot be obeyed to the dead letters
        return;
      }
    }
  }

  private void update() {
    ControlCommand command = history.deployedBy(eventTimeMicros.getAsLong());
    DeployedPolicy before = known.policy();
    if (command == null || (before != null && before.commandId().equals(command.id()))) {
      return;
    }
    try {
      known = new Known(load(command), null);
    } catch (IOException e) {
      known = new Known(null, e);
    }
  }

  private DeployedPolicy load(ControlCommand command) throws IOException {
    if (command.target().version() == 0) {
      return new DeployedPolicy(command.target(), null, "", command.id());
    }
    PolicyCheckpoint checkpoint = controls.get(command.id()).getCheckpoint();
    if (checkpoint == null) {
      throw new IOException(
          command.target() + " cannot be served: command " + command.id() + " does not hold it");
    }
    String name = name(command.target().line(), command.target().version());
    String sha256 = published.get(name);
    if (!checkpoint.getSha256().equals(sha256)) {
      throw new IOException(
          command.target()
              + " cannot be served: command "
              + command.id()
              + " holds hash "
              + checkpoint.getSha256()
              + ", published is "
              + (sha256 == null ? "no such version" : sha256));
    }
    return new DeployedPolicy(
        command.target(), PolicyCheckpointCodec.read(checkpoint), sha256, command.id());
  }

  private static String name(String line, long version) {
    return line + "/" + version;
  }
}
