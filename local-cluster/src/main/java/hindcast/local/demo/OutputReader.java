package hindcast.local.demo;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the pipeline writes, as any consumer would: committed records only, from the beginning
 * of [value-estimates], [value-windows], [policy-checkpoints], [regression-alerts] and
 * [audit-findings]. For one thread.
 */
final class OutputReader implements AutoCloseable {

  private static final Duration WAIT = Duration.ofMillis(100);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Consumer<ValueEstimate> estimates;
  private final Consumer<ValueWindow> windows;
  private final Consumer<PolicyCheckpoint> checkpoints;
  private final Consumer<Alert> alerts;
  private final Consumer<AuditFinding> findings;

  OutputReader(
      KafkaSettings settings,
      Consumer<ValueEstimate> estimates,
      Consumer<ValueWindow> windows,
      Consumer<PolicyCheckpoint> checkpoints,
      Consumer<Alert> alerts,
      Consumer<AuditFinding> findings) {
    this.estimates = estimates;
    this.windows = windows;
    this.checkpoints = checkpoints;
    this.alerts = alerts;
    this.findings = findings;
    Properties properties = settings.clientProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Topics topics = settings.topics();
    partitions =
        List.of(
                topics.valueEstimates(),
                topics.valueWindows(),
                topics.policyCheckpoints(),
                topics.regressionAlerts(),
                topics.auditFindings())
            .stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what is there now. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
      if (record.value() != null) {
        accept(record.value());
      }
    }
  }

  /** Reads until the end of what is committed, a few seconds at most. */
  void drain() {
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (System.nanoTime() < deadline
        && ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void accept(byte[] value) {
    Decoded decoded = WireFormat.ofThread().decode(value);
    if (decoded.record() instanceof ValueEstimate estimate) {
      estimates.accept(estimate);
    } else if (decoded.record() instanceof ValueWindow window) {
      windows.accept(window);
    } else if (decoded.record() instanceof PolicyCheckpoint checkpoint) {
      checkpoints.accept(checkpoint);
    } else if (decoded.record() instanceof Alert alert) {
      alerts.accept(alert);
    } else if (decoded.record() instanceof AuditFinding finding) {
      findings.accept(finding);
    }
  }
}
