package hindcast.cli;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.LogFile;
import hindcast.local.policy.PolicyBook;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;

/** Where versions of policies are read from. */
final class PolicyOptions {

  @Mixin private BrokerOptions broker;

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
    KafkaSettings kafka = broker.kafka();
    LogFile log = LogFile.of(null);
    int code = use.of(PolicyBook.read(kafka, wanted), kafka);
    log.discardIfTemporary();
    return code;
  }
}
