package hindcast.cli;

import hindcast.bench.BenchCommand;
import hindcast.jobs.config.ConfigException;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * The command line.
 *
 * <p>Exit codes: 0 after a clean end, 1 when a run failed, 2 when it could not start (a wrong flag,
 * value or file, a taken port). What keeps it from starting is one line on standard error.
 */
@Command(
    name = "hindcast",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Learns better policies from logged feedback and says how good they would be.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      ValidateCommand.class,
      SimulateCommand.class,
      EstimatesCommand.class,
      GateCommand.class,
      DeadLettersCommand.class,
      AlertsCommand.class,
      PoliciesCommand.class,
      CatalogueCommand.class,
      ConfigCommand.class,
      MethodsCommand.class,
      BenchCommand.class,
      ClusterCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  hindcast demo",
      "  hindcast demo --duration 5min --report report.json",
      "  hindcast replay --format obd --log men.csv.gz --evaluate uniform --learn clpi",
      "  hindcast validate --format dsjson decisions.json",
      "  hindcast simulate --from-labels letter-recognition.data.gz --label first --out letters",
      "  hindcast estimates --policy clpi --from 2026-01-31T00:00:00Z --to 2026-02-01T00:00:00Z \\",
      "      --bootstrap localhost:9092",
      "  hindcast gate --policy clpi --bootstrap localhost:9092",
      "  hindcast dead-letters list --bootstrap localhost:9092",
      "  hindcast alerts list --bootstrap localhost:9092",
      "  hindcast policy list --bootstrap localhost:9092",
      "  hindcast catalogue build --items items.npy --out catalogues",
      "  hindcast config --set reward.window=10s",
      "  hindcast methods",
      "  hindcast bench gradient --items 100000",
      "  hindcast cluster up"
    })
public final class Hindcast implements Runnable {

  private static final int FAILED = 1;
  private static final int NOT_STARTED = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command and returns its exit code. */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The command line, to run in a test or another program. */
  public static CommandLine commandLine() {
    return new CommandLine(new Hindcast())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(wrongParameter())
        .setExecutionExceptionHandler(failedRun());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say which command: demo, replay, validate, simulate, estimates, gate, dead-letters, alerts,"
            + " policy, catalogue, config, methods, bench or cluster");
  }

  private static IParameterExceptionHandler wrongParameter() {
    return (exception, arguments) -> {
      CommandLine command = exception.getCommandLine();
      String name = command.getCommandSpec().qualifiedName();
      say(command, firstLine(exception) + " (see " + name + " --help)");
      return NOT_STARTED;
    };
  }

  private static IExecutionExceptionHandler failedRun() {
    return (exception, command, result) -> {
      if (exception instanceof ConfigException wrong) {
        wrong.problems().forEach(problem -> say(command, problem));
        return NOT_STARTED;
      }
      boolean notStarted = exception instanceof LocalStartException;
      say(command, firstLine(exception) + (notStarted ? "" : LogFile.hint()));
      return notStarted ? NOT_STARTED : FAILED;
    };
  }

  private static void say(CommandLine command, String line) {
    PrintWriter err = command.getErr();
    err.println("hindcast: " + line);
    err.flush();
  }

  private static String firstLine(Throwable exception) {
    String message = exception.getMessage();
    return message == null
        ? exception.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
