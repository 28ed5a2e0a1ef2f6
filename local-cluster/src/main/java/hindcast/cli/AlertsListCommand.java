package hindcast.cli;

import hindcast.avro.Alert;
import hindcast.avro.AlertState;
import hindcast.connectors.alert.AlertJson;
import hindcast.local.LogFile;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists alerts. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Lists the alerts that stand, the most severe first.",
    footer = {"", "Example: hindcast alerts list --bootstrap localhost:9092 --all"})
final class AlertsListCommand implements Callable<Integer> {

  @Mixin private AlertOptions options;

  @Option(names = "--all", description = "Also those that have ended.")
  private boolean all;

  @Option(names = "--json", description = "Prints a line of JSON for each.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LogFile log = LogFile.of(null);
    List<Alert> alerts =
        options.topic().read().alerts().stream()
            .filter(alert -> all || alert.getState() != AlertState.ENDED)
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (alerts.isEmpty() && !json) {
      out.println("no alerts stand");
    }
    for (Alert alert : alerts) {
      out.println(json ? AlertJson.whole(alert).toString() : line(alert));
    }
    out.flush();
    log.discardIfTemporary();
    return 0;
  }

  private static String line(Alert alert) {
    return String.format(
        "%-12s %-8s %s  %s  %s",
        alert.getState(),
        alert.getSeverity(),
        Instant.EPOCH.plus(alert.getStartMicros(), ChronoUnit.MICROS),
        alert.getAlertId(),
        alert.getMessage());
  }
}
