package hindcast.cli;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.alerts.AlertTopic;
import picocli.CommandLine.Mixin;

/** Which broker's alerts are meant. */
final class AlertOptions {

  @Mixin private BrokerOptions broker;

  /** The configuration these options name. */
  PipelineConfig config() {
    return broker.config();
  }

  /** Kafka as the configuration describes it. */
  KafkaSettings kafka() {
    return broker.kafka();
  }

  /** The topic of alerts. */
  AlertTopic topic() {
    return new AlertTopic(kafka());
  }
}
