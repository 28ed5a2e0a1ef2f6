package hindcast.cli;

import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LogFile;
import hindcast.local.demo.DemoRun;
import hindcast.local.demo.DemoSettings;
import hindcast.local.screen.Screen;
import hindcast.simulation.RecommendedLearners;
import hindcast.training.LearnerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything at once on one machine, live in the terminal. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Starts Kafka, Flink and traffic in this process, learns from it and shows what the"
            + " policies are worth beside their true values. Ctrl-C ends it.",
    footer = {
      "",
      "Examples:",
      "  hindcast demo",
      "  hindcast demo --duration 5min --seed 7 --report report.json",
      "  hindcast demo --log men.csv.gz --format obd --evaluate uniform --evaluate table:bts.csv",
    })
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long traffic is sent, for example 90s or 5min; until Ctrl-C by default.")
  private Duration duration;

  @Option(
      names = "--items",
      defaultValue = "10000",
      paramLabel = "N|FILE",
      description =
          "Items of the simulated world, ${DEFAULT-VALUE} by default; above 50,000 they lie in"
              + " tight groups and differ in length, as large catalogues do. With --log a CSV file"
              + " with features of its items (none: one-hot).")
  private String items;

  @Option(
      names = "--dimension",
      defaultValue = "32",
      description = "Dimension of the items' embeddings. Default: ${DEFAULT-VALUE}.")
  private int dimension;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Simulated impressions a second. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the world and its traffic. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Streams this historical log through Kafka instead of simulated traffic.")
  private Path log;

  @Option(
      names = "--format",
      defaultValue = "obd",
      description =
          "Format of the log: obd (Open Bandit Dataset), dsjson (VW, Personalizer), avro,"
              + " parquet, csv or jsonl"
              + " with --mapping. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Mixin private MappingOption mapping;

  @Option(
      names = "--port",
      defaultValue = "9092",
      description = "Port of the Kafka broker, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--web-port",
      defaultValue = "8081",
      description = "Port of Flink's web UI, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int webPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keeps topics and state here, and goes on from them when started again.")
  private Path dataDirectory;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the report of the run here, as JSON.")
  private Path report;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Writes the run here as one page for a browser or paper; nothing is loaded from"
              + " elsewhere.")
  private Path html;

  @Mixin private PipelineOptions pipeline;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    boolean number = items.matches("\\d{1,9}");
    DemoSettings settings =
        new DemoSettings(
            duration,
            number ? Integer.parseInt(items) : Integer.MAX_VALUE,
            dimension,
            rate,
            seed,
            port,
            webPort,
            dataDirectory,
            report,
            html,
            spec.commandLine().getParseResult().originalArgs(),
            log,
            format,
            mapping.file(),
            number ? null : Path.of(items));
    PipelineConfig config =
        pipeline.config(log == null ? simulationDefaults(settings) : LogDefaults.LIVE, List.of());
    LogFile logFile = LogFile.of(dataDirectory);
    try (Screen screen = Screen.standard(System.getenv())) {
      int code = new DemoRun(settings, config, screen).run();
      if (code == 0) {
        logFile.discardIfTemporary();
      }
      return code;
    }
  }

  private static List<String> simulationDefaults(DemoSettings settings) {
    LearnerSettings clpi = RecommendedLearners.clpi(settings.items(), settings.seed());
    return List.of(
        "reward.window=10s",
        "job.checkpoint-interval=5s",
        "evaluation.report-every=5s",
        "evaluation.max-open-versions=2",
        "time.idle-timeout=0",
        "time.future-tolerance=1h",
        "learning.policies.0.id=clpi",
        "learning.policies.0.objective=" + clpi.objective(),
        "learning.policies.0.objective-parameters.tau=" + clpi.objectiveParameters().get("tau"),
        "learning.policies.0.learning-rate=" + clpi.learningRate(),
        "learning.policies.0.minibatch=" + clpi.minibatchSize(),
        "learning.policies.0.l2=" + clpi.l2(),
        "learning.policies.0.seed=" + clpi.seed(),
        "learning.policies.0.checkpoint-every=" + RecommendedLearners.CHECKPOINT_EVERY);
  }
}
