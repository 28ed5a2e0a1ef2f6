package hindcast.bench;

import hindcast.cli.VersionProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The benchmarks of large catalogues and many segments. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Measures gradients, indexes and learning over large catalogues, and estimates by segment.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      BenchGradientCommand.class,
      BenchIndexCommand.class,
      BenchLearnCommand.class,
      BenchPropensityCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  hindcast bench gradient --items 100000 --dimension 64 --json gradient.json --peer",
      "  hindcast bench index --data gowalla --json index.json",
      "  hindcast bench learn --data gowalla --seeds 3 --json learn.json",
      "  hindcast bench propensity --events 10000000 --json propensity.json",
    })
public final class BenchCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say which benchmark: gradient, index, learn or propensity");
  }
}
