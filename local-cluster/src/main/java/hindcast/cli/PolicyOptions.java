package hindcast.cli;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LogFile;
import hindcast.local.policy.PolicyBook;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where versions of policies are read from. */
final class PolicyOptions {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker; kafka.* of the configuration holds, its address by default.")
  private String bootstrap;

  @Mixin private ConfigOptions configuration;

  /** Does something with what the topics say. */
  interface Use {
    int of(PolicyBook book, KafkaSettings kafka) throws Exception;
  }

  /**
   * Reads the topics and does something.
   *
   * @param wanted the versions whose content is kept
   */
  int use(Predicate<PolicyCheckpoint> wanted, Use use) throws Exception {
    PipelineConfig config = configuration.load(List.of(), List.of());
    if (bootstrap != null) {
      config = config.with(Map.of("kafka.bootstrap-servers", bootstrap));
    }
    KafkaSettings kafka = PipelineJob.kafkaSettings(config);
    LogFile log = LogFile.of(null);
    int code = use.of(PolicyBook.read(kafka, wanted), kafka);
    log.discardIfTemporary();
    return code;
  }
}
