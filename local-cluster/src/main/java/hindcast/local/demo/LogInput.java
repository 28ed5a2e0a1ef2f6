package hindcast.local.demo;

import hindcast.audit.DelayQuantiles;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.PolicyCheckpoint;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogScan;
import hindcast.local.DataDirectory;
import hindcast.local.LivePipeline;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.local.catalogue.LogCatalogue;
import hindcast.local.catalogue.PublishedCatalogue;
import hindcast.local.certificate.InputFile;
import hindcast.local.page.LogDelays;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Truths;
import hindcast.local.screen.ProgressBar;
import hindcast.local.traffic.InputFeed;
import hindcast.local.traffic.LatestEventTime;
import hindcast.local.traffic.LogFeeder;
import hindcast.local.words.LogSpan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A historical log as live traffic. */
final class LogInput implements DemoInput {

  private final DemoSettings settings;
  private final LogFormat format;
  private final LogScan scan;
  private final CatalogueManifest catalogue;
  private final Duration window;
  private long startNanos;
  private LogFeeder feeder;

  private LogInput(
      DemoSettings settings,
      LogFormat format,
      LogScan scan,
      CatalogueManifest catalogue,
      Duration window) {
    this.settings = settings;
    this.format = format;
    this.scan = scan;
    this.catalogue = catalogue;
    this.window = window;
  }

  static LogInput open(DemoSettings settings, LivePipeline pipeline, DataDirectory data)
      throws IOException {
    if (LatestEventTime.micros(pipeline.kafka()) > 0) {
      throw new LocalStartException("--data-dir holds this log already: name an empty directory");
    }
    LogFormat format = LogFiles.format(settings.format(), settings.mapping(), pipeline.config());
    LogScan scan = LogFiles.scan(format, settings.log());
    ItemCatalogue items = LogCatalogue.of(scan, settings.itemFeatures());
    return new LogInput(
        settings,
        format,
        scan,
        PublishedCatalogue.write(data.folder("catalogue"), items),
        pipeline.config().reward().window());
  }

  @Override
  public String title() {
    return settings.log().getFileName() + " (" + settings.format() + ")";
  }

  @Override
  public String format() {
    return format.name();
  }

  @Override
  public CatalogueManifest catalogue() {
    return catalogue;
  }

  @Override
  public Feeder feeder(InputFeed feed) {
    feeder = new LogFeeder(format, settings.log(), feed, scan);
    startNanos = System.nanoTime();
    return new Feeder() {
      @Override
      public void stop() {
        feeder.stop();
      }

      @Override
      public void run() {
        feeder.run();
      }

      @Override
      public long impressions() {
        return feeder.sent();
      }
    };
  }

  @Override
  public long seconds() {
    return -1;
  }

  @Override
  public Truths truths(ResultBoard results) {
    return Truths.UNKNOWN;
  }

  @Override
  public void learned(PolicyCheckpoint checkpoint) {}

  @Override
  public void computeTruths() {}

  @Override
  public LogSpan span() {
    return new LogSpan(scan.firstTimeMicros(), scan.lastTimeMicros());
  }

  @Override
  public Optional<DelayQuantiles> delays() throws IOException {
    return Optional.of(LogDelays.of(format, scan.pieces(), window));
  }

  @Override
  public List<InputFile> files() {
    return List.of(InputFile.of("log", settings.log()));
  }

  @Override
  public List<String> notes() {
    long sent = feeder == null ? 0 : feeder.sent();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return List.of(
        "log sent  "
            + ProgressBar.line(sent / (double) Math.max(1, scan.entries()), sent, seconds));
  }
}
