package hindcast.cli;

import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.local.letters.Letter;
import hindcast.local.letters.LetterSender;
import hindcast.local.letters.MendedLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives refused records a second chance after a fix. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = {
      "Of a broker: sends every letter that this version and configuration accept back to its"
          + " topic, once, however often it is asked to.",
      "Of a file: writes the log with each letter's line in its place, mended where the letter has"
          + " a field \"mended\", for hindcast replay."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no letter is left behind",
      "1:some would still be refused",
      "2:nothing could be replayed",
    },
    footer = {
      "",
      "Examples:",
      "  hindcast dead-letters replay --bootstrap localhost:9092 --set reward.max=5",
      "  hindcast dead-letters replay refused.jsonl --format obd --log men.csv --out mended.csv",
    })
final class DeadLettersReplayCommand implements Callable<Integer> {

  @Mixin private LetterOptions source;

  @Option(names = "--late", description = "Of a broker: sends letters that were LATE too.")
  private boolean late;

  @Option(
      names = "--format",
      description = "Of a file: format of the log, obd, dsjson, csv or jsonl.")
  private String format;

  @Mixin private MappingOption mapping;

  @Option(
      names = "--log",
      paramLabel = "LOG",
      description = "Of a file: the log its letters came from, plain or gzip.")
  private Path log;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = "Of a file: where the mended log goes, plain.")
  private Path out;

  @Option(
      names = "--only",
      description = "Of a file: leaves the other lines empty; each line keeps its number.")
  private boolean only;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (source.file() != null && (format == null || log == null || out == null)) {
      throw new LocalStartException("dead letters of a file need --format, --log and --out");
    }
    if (source.file() == null
        && (format != null || mapping.file() != null || log != null || out != null || only)) {
      throw new LocalStartException(
          "--format, --mapping, --log, --out and --only are for dead letters of a file");
    }
    return source.use(
        (letters, box, config) ->
            source.file() == null ? send(letters, config) : write(letters, config));
  }

  private int send(List<Letter> letters, PipelineConfig config) throws InterruptedException {
    LetterSender.Result result = new LetterSender(config, late).send(letters);
    return say(result.lines(), result.stays().isEmpty());
  }

  private int write(List<Letter> letters, PipelineConfig config) {
    MendedLog.Result result =
        new MendedLog(LogFiles.format(format, mapping.file(), config), log, out, only)
            .write(letters);
    return say(result.lines(), result.refused().isEmpty());
  }

  private int say(List<String> lines, boolean all) {
    PrintWriter printed = spec.commandLine().getOut();
    lines.forEach(printed::println);
    printed.flush();
    return all ? 0 : 1;
  }
}
