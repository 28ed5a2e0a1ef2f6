package hindcast.local.policy;

import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.control.Deployment;
import hindcast.control.PolicyVersion;
import hindcast.local.LocalStartException;
import hindcast.local.TopicRecord;
import java.util.UUID;

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
    TopicRecord.write(settings, settings.topics().policyControl(), control, "the command");
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
}
