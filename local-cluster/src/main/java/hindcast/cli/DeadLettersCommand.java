package hindcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Refused records: counted, shown and replayed. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Counts, shows and replays refused records, of a file or a broker.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  hindcast dead-letters list --bootstrap localhost:9092 --from 2026-01-31T00:00:00Z",
      "  hindcast dead-letters show refused.jsonl --reason MALFORMED",
      "  hindcast dead-letters replay --bootstrap localhost:9092 --set reward.max=5",
      "  hindcast dead-letters replay refused.jsonl --format obd --log men.csv --out mended.csv",
    })
final class DeadLettersCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command: list, show or replay");
  }
}
