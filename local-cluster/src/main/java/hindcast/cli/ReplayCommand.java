package hindcast.cli;

import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import hindcast.local.LogFiles;
import hindcast.local.LogInputs;
import hindcast.local.certificate.Certificate;
import hindcast.local.replay.ReplayRun;
import hindcast.local.replay.ReplaySettings;
import hindcast.local.replay.VerifyRun;
import hindcast.local.screen.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The pipeline over a historical log, as fast as it goes. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Runs the pipeline over a historical log: learns from it and says what policies would have"
            + " been worth.",
    footer = {
      "",
      "Examples:",
      "  hindcast replay --format obd --log men.csv.gz --evaluate uniform --report report.json",
      "  hindcast replay --format obd --log men.csv.gz --evaluate table:bts.csv --learn clpi \\",
      "      --items item_context.csv --html report.html --certificate run.json",
      "  hindcast replay --format csv --mapping mapping.yaml --log log.csv --evaluate uniform",
      "  hindcast replay --verify run.json",
    })
final class ReplayCommand implements Callable<Integer> {

  @Option(
      names = "--format",
      required = true,
      description =
          "Format of the log: obd (Open Bandit Dataset), dsjson (VW, Personalizer), avro,"
              + " parquet, csv or jsonl"
              + " with --mapping.")
  private String format;

  @Mixin private MappingOption mapping;

  @Option(
      names = "--log",
      required = true,
      paramLabel = "FILE",
      description =
          "The log: a file, plain, gzip or Zstandard; a directory; a pattern in quotes; or - for"
              + " standard input. Repeatable: files are read in the order of their times.")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--rewards",
      paramLabel = "FILE",
      description =
          "Rewards, where they are in files of their own: like --log, of the same format."
              + " Repeatable.")
  private List<String> rewards = new ArrayList<>();

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description =
          "CSV file with features of the items: item_id, numbers and categories. Without it items"
              + " are one-hot.")
  private Path items;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the report of the run here, as JSON.")
  private Path report;

  @Option(
      names = "--windows",
      paramLabel = "FILE",
      description = "Writes the windows of all estimates here, for hindcast estimates.")
  private Path windows;

  @Option(
      names = "--dead-letters",
      paramLabel = "FILE",
      description = "Writes every refused line here with its reason and its bytes, JSON lines.")
  private Path deadLetters;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "Writes here what the run was made of and what came of it, as hashes, JSON: for"
              + " --verify.")
  private Path certificate;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description =
          "Writes the newest version of each learned policy here, ID.checkpoint: a line with"
              + " initialisation checkpoint:FILE starts from it.")
  private Path checkpoints;

  @Option(
      names = "--publish",
      description =
          "Writes the newest version of each learned policy to the topics of a running job"
              + " (kafka.* of the configuration), which evaluates it from then on.")
  private boolean publish;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Keeps checkpoints here: after Ctrl-C or a crash the same command goes on from the last"
              + " one and comes to the same results. Emptied when the run has ended.")
  private Path state;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Writes the run here as one page for a browser or paper, in words, numbers and pictures;"
              + " nothing is loaded from elsewhere.")
  private Path html;

  @Option(
      names = "--verify",
      paramLabel = "FILE",
      help = true,
      description =
          "Repeats the run of a certificate and says what is the same and what differs; no other"
              + " option is needed. Exit code 0: the same, 1: something differs, 2: it could not"
              + " run.")
  private Path verify;

  @Mixin private PipelineOptions pipeline;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    LogFile logFile = LogFile.of(null);
    try (Screen screen = Screen.standard(System.getenv())) {
      int code = verify == null ? replay(screen) : verification(screen);
      if (code == 0) {
        logFile.discardIfTemporary();
      }
      return code;
    }
  }

  private int replay(Screen screen) throws Exception {
    PipelineConfig config = config();
    try (LogInputs files = LogInputs.of("--log", logs);
        LogInputs ofRewards = LogInputs.of("--rewards", rewards)) {
      ReplaySettings settings = settings(config, files, ofRewards, arguments());
      return new ReplayRun(settings, config, screen).run();
    }
  }

  private int verification(Screen screen) throws Exception {
    if (spec.commandLine().getParseResult().matchedOptions().size() > 1) {
      throw new LocalStartException("--verify takes every other option from the certificate");
    }
    Certificate written = Certificate.read(verify);
    List<String> command = written.command();
    ReplayCommand again = new ReplayCommand();
    try {
      if (command.isEmpty() || !command.get(0).equals(spec.name())) {
        throw new LocalStartException("--verify: not a certificate of a replay: " + verify);
      }
      new CommandLine(again)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs(command.subList(1, command.size()).toArray(String[]::new));
    } catch (ParameterException e) {
      throw new LocalStartException("--verify: its command cannot be run: " + e.getMessage(), e);
    }
    PipelineConfig config = again.config();
    try (LogInputs files = LogInputs.of("--log", again.logs);
        LogInputs ofRewards = LogInputs.of("--rewards", again.rewards)) {
      ReplaySettings settings = again.settings(config, files, ofRewards, command);
      return new VerifyRun(written, settings.withoutOutputs(), config, screen).run();
    }
  }

  private PipelineConfig config() {
    return pipeline.config(LogDefaults.REPLAY, List.of());
  }

  private ReplaySettings settings(
      PipelineConfig config, LogInputs files, LogInputs ofRewards, List<String> command) {
    return new ReplaySettings(
        LogFiles.format(format, mapping.file(), config),
        mapping.file(),
        files,
        ofRewards,
        items,
        report,
        windows,
        deadLetters,
        certificate,
        html,
        command,
        pipeline.configurationFile(),
        pipeline.candidateFiles(),
        state,
        checkpoints,
        publish);
  }

  /** The arguments as given, from the name of this command on. */
  private List<String> arguments() {
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    return all.subList(Math.max(0, all.indexOf(spec.name())), all.size());
  }
}
