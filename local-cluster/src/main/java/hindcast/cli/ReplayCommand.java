package hindcast.cli;

import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LogFile;
import hindcast.local.LogFiles;
import hindcast.local.replay.ReplayRun;
import hindcast.local.replay.ReplaySettings;
import hindcast.local.screen.Screen;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "      --items item_context.csv --dead-letters refused.jsonl",
    })
final class ReplayCommand implements Callable<Integer> {

  @Option(
      names = "--format",
      required = true,
      description = "Format of the log: obd (Open Bandit Dataset), dsjson (VW, Personalizer).")
  private String format;

  @Option(
      names = "--log",
      required = true,
      paramLabel = "FILE",
      description = "The log: plain, gzip or Zstandard.")
  private Path log;

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

  @Mixin private PipelineOptions pipeline;

  @Override
  public Integer call() throws Exception {
    PipelineConfig config = pipeline.config(LogDefaults.REPLAY, List.of());
    ReplaySettings settings =
        new ReplaySettings(
            LogFiles.format(format, config), log, items, report, windows, deadLetters);
    LogFile logFile = LogFile.of(null);
    try (Screen screen = Screen.standard(System.getenv())) {
      int code = new ReplayRun(settings, config, screen).run();
      if (code == 0) {
        logFile.discardIfTemporary();
      }
      return code;
    }
  }
}
