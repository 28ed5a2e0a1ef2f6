package hindcast.local.demo;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a demo is asked for.
 *
 * @param duration how long traffic is sent; null until it is stopped
 * @param items size of the simulated catalogue
 * @param dimension L, of its embeddings
 * @param rate impressions a second
 * @param seed of the world and its traffic
 * @param kafkaPort port of the broker, 0 for any free one
 * @param webPort port of the Flink web UI, 0 for any free one
 * @param dataDirectory kept between runs; null for a temporary one
 * @param report file for the report; null for none
 * @param html file for the page; null for none
 * @param command the arguments after {@code hindcast}
 * @param log historical log to stream instead of simulated traffic; null for none
 * @param format of the log
 * @param mapping which field of the log is what; null for formats that need none
 * @param itemFeatures file with features of the log's items; null for none
 */
public record DemoSettings(
    Duration duration,
    int items,
    int dimension,
    double rate,
    long seed,
    int kafkaPort,
    int webPort,
    Path dataDirectory,
    Path report,
    Path html,
    List<String> command,
    Path log,
    String format,
    Path mapping,
    Path itemFeatures) {

  public DemoSettings {
    command = List.copyOf(command);
    require(items >= 2, "--items must be at least 2: " + items);
    require(dimension >= 1, "--dimension must be at least 1: " + dimension);
    require(
        rate > 0 && rate < Double.POSITIVE_INFINITY,
        "--rate must be above 0 impressions a second: " + rate);
    if (log != null) {
      LogFiles.requireReadable("--log", log);
      LogFiles.format(format, mapping);
    }
    if (itemFeatures != null) {
      require(log != null, "--items must be a number without --log: " + itemFeatures);
      LogFiles.requireReadable("--items", itemFeatures);
    }
  }

  /** Whether the simulated catalogue is so large that making it takes a while. */
  boolean isLarge() {
    return log == null && !CatalogueIndexes.isSmall(items);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new LocalStartException(message);
    }
  }
}
