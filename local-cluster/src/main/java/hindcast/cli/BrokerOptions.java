package hindcast.cli;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker is meant. */
final class BrokerOptions {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker; kafka.* of the configuration holds, its address by default.")
  private String bootstrap;

  @Mixin private ConfigOptions configuration;

  /** The configuration these options name. */
  PipelineConfig config() {
    PipelineConfig config = configuration.load(List.of(), List.of());
    return bootstrap == null ? config : config.with(Map.of("kafka.bootstrap-servers", bootstrap));
  }

  /** Kafka as the configuration describes it. */
  KafkaSettings kafka() {
    return PipelineJob.kafkaSettings(config());
  }
}
