package hindcast.cli;

import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.ConfigException;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.local.LogInputs;
import hindcast.local.screen.Screen;
import hindcast.local.validate.EntrySource;
import hindcast.local.validate.RecentTraffic;
import hindcast.local.validate.ValidateRun;
import hindcast.local.validate.ValidateSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a log can be believed, and what for. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Says on one page what is in a log, what of it is refused, whether its propensities can be"
            + " believed, and which policies it can evaluate.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the log is sound",
      "1:something was found: a warning, or what makes estimates unreliable",
      "2:the log cannot be read",
    },
    footer = {
      "",
      "Examples:",
      "  hindcast validate --format obd men.csv.gz",
      "  hindcast validate --format dsjson decisions.json --evaluate always:7 --difference 0.01 \\",
      "      --json findings.json",
      "  hindcast validate --last 30min --bootstrap localhost:9092",
    })
final class ValidateCommand implements Callable<Integer> {
  private static final long PLAIN_NANOS = 5_000_000_000L;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--format",
      description =
          "Format of the log: obd (Open Bandit Dataset), dsjson (VW, Personalizer), avro,"
              + " parquet, csv or jsonl"
              + " with --mapping.")
  private String format;

  @Mixin private MappingOption mapping;

  @Parameters(
      paramLabel = "LOG",
      arity = "0..*",
      description =
          "The log: files, directories, patterns in quotes, or - for standard input; plain, gzip or"
              + " Zstandard. With --last none.")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--last",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Reads what came to the topics of the configuration in this last time, for example 30min,"
              + " instead of a log.")
  private Duration last;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Where the broker is, with --last. Default: that of the configuration.")
  private String bootstrap;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes everything that is said here, as JSON.")
  private Path json;

  @Option(
      names = "--evaluate",
      paramLabel = "POLICY",
      description =
          "Also says whether the log can evaluate this: table:FILE.csv, uniform, logging,"
              + " always:ITEM, and greedy:POLICY or epsilon:E:POLICY around one of these."
              + " Repeatable.")
  private List<String> evaluate = new ArrayList<>();

  @Option(
      names = "--difference",
      paramLabel = "X",
      description =
          "Says how much traffic tells a policy from the logging policy if their values differ by"
              + " this. A tenth of the mean reward by default.")
  private double difference;

  @Mixin private ConfigOptions configuration;

  @Override
  public Integer call() throws Exception {
    PipelineConfig config = config();
    try (LogInputs files = LogInputs.of("LOG", logs);
        Screen screen = Screen.standard(System.getenv())) {
      ValidateSettings settings =
          new ValidateSettings(source(config, files), json, checkedDifference());
      ValidateRun run = new ValidateRun(settings, config, progress(screen));
      int code = run.run();
      if (screen.isLive()) {
        screen.show(List.of());
      }
      PrintWriter out = spec.commandLine().getOut();
      run.page().forEach(out::println);
      out.flush();
      return code;
    }
  }

  private EntrySource source(PipelineConfig config, LogInputs files) {
    if ((last == null) == files.files().isEmpty()) {
      throw new LocalStartException("name a LOG or how much of the topics to read with --last");
    }
    if (last == null) {
      if (format == null) {
        throw new LocalStartException(
            "--format must say what the log is: obd, dsjson, avro, parquet, csv or jsonl");
      }
      return EntrySource.of(LogFiles.format(format, mapping.file(), config), files);
    }
    return new RecentTraffic(
        PipelineJob.kafkaSettings(config),
        last,
        config.reward().window(),
        config.time().futureTolerance());
  }

  private double checkedDifference() {
    boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--difference");
    if (asked && !(difference > 0 && difference < Double.POSITIVE_INFINITY)) {
      throw new LocalStartException("--difference must be above 0: " + difference);
    }
    return difference;
  }

  /** Only what is asked for is evaluated beside the typical policies, and nothing is learned. */
  private PipelineConfig config() {
    List<String> all = new ArrayList<>();
    all.add("learning.policies=[]");
    if (bootstrap != null) {
      all.add("kafka.bootstrap-servers=" + bootstrap);
    }
    all.add("alerts.watched=[]");
    if (evaluate.isEmpty() && !configuration.hasFile()) {
      all.add("evaluation.policies=[]");
    }
    try {
      PipelineConfig config =
          PolicyChoice.apply(configuration.load(List.of(), all), List.of(), evaluate);
      ValidateRun.check(config);
      return config;
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new LocalStartException(e.getMessage(), e);
    }
  }

  private Consumer<String> progress(Screen screen) {
    if (screen.isLive()) {
      return line -> screen.show(List.of(line));
    }
    PrintWriter err = spec.commandLine().getErr();
    long[] said = {System.nanoTime()};
    return line -> {
      if (System.nanoTime() - said[0] >= PLAIN_NANOS) {
        said[0] = System.nanoTime();
        err.println(line);
        err.flush();
      }
    };
  }
}
