package hindcast.connectors.kafka;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sinks of the output topics. Feedback and policy checkpoints are written in transactions, for a
 * lost or doubled one does harm; estimates, their windows, alerts, findings and dead letters at
 * least once, keyed, so that a repeated one replaces itself.
 */
public final class KafkaSinks {
  private KafkaSinks() {}

  /** Joined feedback, in transactions. */
  public static KafkaSink<Feedback> feedback(KafkaSettings settings) {
    return transactional(settings, settings.topics().feedback());
  }

  /** Policy checkpoints, in transactions. */
  public static KafkaSink<PolicyCheckpoint> policyCheckpoints(KafkaSettings settings) {
    return transactional(settings, settings.topics().policyCheckpoints());
  }

  /** Value estimates. */
  public static KafkaSink<ValueEstimate> valueEstimates(KafkaSettings settings) {
    return atLeastOnce(settings, settings.topics().valueEstimates());
  }

  /** Windows of value estimates. One that a longer window has replaced becomes a tombstone. */
  public static KafkaSink<ValueWindow> valueWindows(KafkaSettings settings) {
    return atLeastOnce(settings, settings.topics().valueWindows());
  }

  /** Verdicts of gates. */
  public static KafkaSink<GateVerdict> gateVerdicts(KafkaSettings settings) {
    return atLeastOnce(settings, settings.topics().gateVerdicts());
  }

  /** Commands of gates; a repeated one is obeyed once. */
  public static KafkaSink<PolicyControl> policyControl(KafkaSettings settings) {
    return atLeastOnce(settings, settings.topics().policyControl());
  }

  /** Alerts. */
  public static KafkaSink<Alert> regressionAlerts(KafkaSettings settings) {
    return atLeastOnce(settings, settings.topics().regressionAlerts());
  }

  /** Findings of the audit. */
  public static KafkaSink<AuditFinding> auditFindings(KafkaSettings settings) {
    return atLeastOnce(settings, settings.topics().auditFindings());
  }

  /** Dead letters, each holding a whole refused record. */
  public static KafkaSink<DeadLetter> deadLetters(KafkaSettings settings) {
    return KafkaSinks.<DeadLetter>sink(settings, settings.topics().deadLetters())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setProperty(
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.DEAD_LETTER_MAX_BYTES))
        .build();
  }

  private static <T extends SpecificRecord> KafkaSink<T> transactional(
      KafkaSettings settings, String topic) {
    KafkaSinkBuilder<T> sink = sink(settings, topic);
    if (settings.exactlyOnce()) {
      sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
          .setTransactionalIdPrefix(settings.transactionalIdPrefix() + "-" + topic)
          .setProperty(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              Long.toString(settings.transactionTimeout().toMillis()));
    } else {
      sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
    }
    return sink.build();
  }

  private static <T extends SpecificRecord> KafkaSink<T> atLeastOnce(
      KafkaSettings settings, String topic) {
    return KafkaSinks.<T>sink(settings, topic)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  private static <T extends SpecificRecord> KafkaSinkBuilder<T> sink(
      KafkaSettings settings, String topic) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(settings.clientProperties())
        .setBootstrapServers(settings.bootstrapServers())
        .setRecordSerializer(new WireSerializer<>(topic));
  }
}
