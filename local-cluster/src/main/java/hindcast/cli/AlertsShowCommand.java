package hindcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.Alert;
import hindcast.connectors.alert.AlertBoard;
import hindcast.connectors.alert.AlertJson;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one alert. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Shows an alert: what it rests on, what contributes most, what to do.",
    footer = {"", "Example: hindcast alerts show VALUE_BELOW_CHAMPION/clpi/64/*"})
final class AlertsShowCommand implements Callable<Integer> {

  @Mixin private AlertOptions options;

  @Parameters(paramLabel = "ID", description = "The alert, as list prints it.")
  private String id;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    LogFile log = LogFile.of(null);
    AlertBoard board = options.topic().read();
    Alert alert =
        board.alert(id).orElseThrow(() -> new LocalStartException("no alert has the id " + id));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(AlertJson.whole(alert))
            : alert.getAlertId() + "\n" + AlertJson.text(alert));
    if (!json) {
      alert
          .getEvidence()
          .forEach(number -> out.printf("%-20s %.6g%n", number.getName(), number.getValue()));
      board
          .acknowledgement(alert)
          .ifPresent(
              by ->
                  out.println("acknowledged by " + by.getAcknowledgedBy() + " " + by.getComment()));
    }
    out.flush();
    log.discardIfTemporary();
    return 0;
  }
}
