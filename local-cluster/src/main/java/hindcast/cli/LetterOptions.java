package hindcast.cli;

import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.letters.Letter;
import hindcast.local.letters.LetterBox;
import hindcast.local.letters.LetterFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where dead letters are read from, and which of them are meant. */
final class LetterOptions {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Dead letters as replay --dead-letters or show --json writes them.")
  private Path file;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Reads [dead-letters] of this broker; kafka.* of the configuration holds.")
  private String bootstrap;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Reads [dead-letters] of a demo that was kept in DIR and does not run now.")
  private Path dataDirectory;

  @Mixin private ConfigOptions configuration;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only letters stored at this time or later, such as 2026-01-31T12:00:00Z.")
  private Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only letters stored before this.")
  private Instant to;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only letters refused for this, such as MALFORMED. Repeatable.")
  private List<String> reasons = new ArrayList<>();

  /** Does something with the letters while their broker, if it is a kept one, runs. */
  interface Use {
    int of(List<Letter> letters, LetterBox box, PipelineConfig config) throws Exception;
  }

  /** The file, or null if the letters are a broker's. */
  Path file() {
    return file;
  }

  /** The configuration these options name. */
  PipelineConfig config() {
    return configuration.load(List.of(), List.of());
  }

  int use(Use use) throws Exception {
    long sources = Stream.of(file, bootstrap, dataDirectory).filter(s -> s != null).count();
    if (sources != 1) {
      throw new LocalStartException(
          "say where the dead letters are: FILE, --bootstrap HOST:PORT or --data-dir DIR");
    }
    LetterFilter filter = LetterFilter.of(from, to, reasons);
    PipelineConfig config = config();
    if (file != null) {
      return hand(use, LetterBox.read(file), filter, config);
    }
    return TopicSource.use(
        config,
        bootstrap,
        dataDirectory,
        located -> hand(use, LetterBox.read(PipelineJob.kafkaSettings(located)), filter, located));
  }

  private static int hand(Use use, LetterBox box, LetterFilter filter, PipelineConfig config)
      throws Exception {
    return use.of(box.letters(filter), box, config);
  }
}
