package hindcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Versions of policies: looked at, and commanded. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Lists, shows and compares versions of policies; opens, promotes, rolls back and closes"
            + " them; ranks held-out items with one.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PolicyListCommand.class,
      PolicyShowCommand.class,
      PolicyDiffCommand.class,
      PolicyOpenCommand.class,
      PolicyPromoteCommand.class,
      PolicyRollbackCommand.class,
      PolicyCloseCommand.class,
      PolicyRankCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  hindcast policy list --bootstrap localhost:9092",
      "  hindcast policy promote clpi/greedy 8 --reason 'better in every segment'",
      "  hindcast policy rollback clpi/greedy 4 --reason 'complaints since noon'",
    })
final class PoliciesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say which command: list, show, diff, open, promote, rollback, close or rank");
  }
}
