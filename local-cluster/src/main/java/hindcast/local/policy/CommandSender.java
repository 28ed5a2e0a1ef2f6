package hindcast.local.policy;

import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.control.Deployment;
import hindcast.control.PolicyVersion;
import hindcast.local.LocalStartException;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes one command to [policy-control], with the version it names and the newest estimate of it.
 *
 * <p>Errors: {@link LocalStartException} for what the job would refuse, and if it cannot be
 * written.
 */
public final class CommandSender {
  private final KafkaSettings settings;
  private final PolicyBook book;

  /** Sends to a broker what a book allows. */
  public CommandSender(KafkaSettings settings, PolicyBook book) {
    this.settings = settings;
    this.book = book;
  }

  /**
   * Writes a command.
   *
   * @param effectiveTimeMicros null for at once: the newest event time of the estimates
   * @return the command as it was written
   */
  public PolicyControl send(
      PolicyCommand command,
      PolicyVersion target,
      Long effectiveTimeMicros,
      String requestedBy,
      String reason) {
    check(command, target);
    PolicyControl control =
        PolicyControl.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setCommand(command)
            .setPolicy(target.policy())
            .setVersion(target.version())
            .setEffectiveTimeMicros(
                effectiveTimeMicros == null ? book.evaluatedUntilMicros() : effectiveTimeMicros)
            .setRequestedBy(requestedBy)
            .setReason(reason)
            .setCheckpoint(command == PolicyCommand.CLOSE ? null : book.checkpoint(target))
            .setEvidence(book.estimate(target).map(ControlMapping::evidence).orElse(null))
            .build();
    write(control);
    return control;
  }

  private void check(PolicyCommand command, PolicyVersion target) {
    Deployment deployment = book.deployment();
    boolean deploys = command == PolicyCommand.PROMOTE || command == PolicyCommand.ROLLBACK;
    if (command == PolicyCommand.PROMOTE && target.equals(deployment.deployed())) {
      throw new LocalStartException(target + " is deployed already");
    }
    if (command == PolicyCommand.CLOSE && target.version() == 0) {
      throw new LocalStartException(
          target + " has no versions and is evaluated as it is configured");
    }
    if (!deploys
        && command == PolicyCommand.CLOSE
        && deployment.serves(target.line(), target.version())) {
      throw new LocalStartException(
          target + " is deployed or the champion: promote another version first");
    }
  }

  private void write(PolicyControl control) {
    Properties properties = settings.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  settings.topics().policyControl(),
                  RecordKeys.of(control),
                  WireFormat.ofThread().encode(control)))
          .get();
    } catch (ExecutionException | KafkaException e) {
      throw new LocalStartException("the command could not be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStartException("interrupted while the command was written", e);
    }
  }
}
