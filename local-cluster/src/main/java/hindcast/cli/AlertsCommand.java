package hindcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Alerts: listed, shown, acknowledged and delivered. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Lists, shows, acknowledges and delivers alerts of a broker.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AlertsListCommand.class,
      AlertsShowCommand.class,
      AlertsAckCommand.class,
      AlertsDeliverCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  hindcast alerts list --bootstrap localhost:9092",
      "  hindcast alerts show --bootstrap localhost:9092 VALUE_BELOW_CHAMPION/clpi/64/*",
      "  hindcast alerts ack --bootstrap localhost:9092 STALLED_REWARDS/*/0/* --by ann",
      "  hindcast alerts deliver --config hindcast.yaml",
    })
final class AlertsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say which command: list, show, ack or deliver");
  }
}
