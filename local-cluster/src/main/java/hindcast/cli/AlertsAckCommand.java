package hindcast.cli;

import hindcast.avro.Alert;
import hindcast.avro.AlertAcknowledgement;
import hindcast.avro.AlertState;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import hindcast.local.alerts.AlertTopic;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Acknowledges one alert. */
@Command(
    name = "ack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Says that somebody looks after an alert that stands, until it ends.",
    footer = {"", "Example: hindcast alerts ack STALLED_REWARDS/*/0/* --by ann"})
final class AlertsAckCommand implements Callable<Integer> {

  @Mixin private AlertOptions options;

  @Parameters(paramLabel = "ID", description = "The alert, as list prints it.")
  private String id;

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who.")
  private String by;

  @Option(names = "--comment", paramLabel = "TEXT", description = "What is done about it.")
  private String comment = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LogFile log = LogFile.of(null);
    AlertTopic topic = options.topic();
    Alert alert =
        topic
            .read()
            .alert(id)
            .filter(found -> found.getState() != AlertState.ENDED)
            .orElseThrow(() -> new LocalStartException("no alert that stands has the id " + id));
    topic.write(
        new AlertAcknowledgement(
            id,
            alert.getStartMicros(),
            by,
            comment,
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
    PrintWriter out = spec.commandLine().getOut();
    out.println("acknowledged: " + id);
    out.flush();
    log.discardIfTemporary();
    return 0;
  }
}
