package hindcast.local.validate;

import hindcast.connectors.logs.LogScan;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.evaluation.EvaluationSettings;
import hindcast.local.LocalStartException;
import hindcast.local.LogItems;
import hindcast.local.results.Report;
import hindcast.local.screen.ProgressBar;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a log twice, once for its items and its disorder and once for everything else, and says
 * what it found.
 */
public final class ValidateRun {
  private static final int SOUND = 0;
  private static final int FOUND = 1;
  private static final int UNREADABLE = 2;
  private static final int LINES_A_LOOK = 1000;
  private static final long LOOK_NANOS = 200_000_000;

  private final ValidateSettings settings;
  private final PipelineConfig config;
  private final Consumer<String> progress;
  private long lastLook = System.nanoTime();
  private LogValidation validation;

  /**
   * @param progress takes a line that says how far it is, now and then
   */
  public ValidateRun(ValidateSettings settings, PipelineConfig config, Consumer<String> progress) {
    this.settings = settings;
    this.config = config;
    this.progress = progress;
  }

  /**
   * Reads the tables of the policies asked for.
   *
   * @throws java.io.UncheckedIOException if one cannot be read
   * @throws IllegalArgumentException if one is wrong
   */
  public static void check(PipelineConfig config) {
    EvaluationSettings.of(config);
  }

  /**
   * Reads the log and writes the JSON asked for.
   *
   * @return 0 for a sound log, 1 for one with findings beyond information, 2 if no line can be used
   * @throws LocalStartException if the file cannot be read
   */
  public int run() throws IOException {
    if (settings.json() != null) {
      Report.checkWritable("--json", settings.json());
    }
    LogScan scan = settings.source().scan(entries -> look(entries, 0, "looking"));
    validation = new LogValidation(LogItems.named(config, scan), scan);
    read(scan);
    if (settings.json() != null) {
      Report.write(ValidationReport.of(settings, validation), settings.json());
    }
    if (scan.items().isEmpty()) {
      return UNREADABLE;
    }
    return validation.isSound() ? SOUND : FOUND;
  }

  /** The page of the log that was read. */
  public List<String> page() {
    return ValidationPage.of(settings, validation);
  }

  private void read(LogScan scan) {
    long[] entries = {0};
    settings
        .source()
        .read(
            entry -> {
              validation.add(entry);
              look(++entries[0], scan.entries(), "reading");
            });
    validation.end();
  }

  private void look(long entries, long all, String phase) {
    if (entries % LINES_A_LOOK != 0 || System.nanoTime() - lastLook < LOOK_NANOS) {
      return;
    }
    lastLook = System.nanoTime();
    progress.accept(
        all == 0
            ? phase + ": " + Texts.plural(entries, "line", "lines")
            : ProgressBar.line(phase, entries / (double) all));
  }
}
