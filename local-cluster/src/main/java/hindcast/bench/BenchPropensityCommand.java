package hindcast.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.cli.VersionProvider;
import hindcast.local.LocalStartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Throughput and state of the keyed logging-policy estimate, even keys against Zipf keys. */
@Command(
    name = "propensity",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "Throughput and state of the logging-policy estimate by segment: even and Zipf keys, each"
            + " impression counted before the next or a window at a time. Two subtasks.")
final class BenchPropensityCommand implements Callable<Integer> {

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "Impressions in a run. Default: ${DEFAULT-VALUE}")
  private int events;

  @Option(
      names = "--segments",
      defaultValue = "0",
      description = "Segments. Default: a tenth of the events.")
  private int segments;

  @Option(
      names = "--items",
      defaultValue = "20",
      description = "Items the logging policy shows. Default: ${DEFAULT-VALUE}")
  private int items;

  @Option(
      names = "--zipf",
      defaultValue = "1",
      paramLabel = "S",
      description =
          "Exponent of the Zipf keys: segment k has weight k^-S. Default: ${DEFAULT-VALUE}")
  private double zipf;

  @Option(
      names = "--update",
      defaultValue = "both",
      description =
          "event (each impression counted before the next), window (a window at a time) or both."
              + " Default: ${DEFAULT-VALUE}")
  private String update;

  @Option(
      names = "--state-backend",
      defaultValue = "hashmap",
      description = "hashmap or rocksdb. Default: ${DEFAULT-VALUE}")
  private String stateBackend;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the draws. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the results here as JSON.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    BenchOptions.atLeast("--events", events, 10_000);
    BenchOptions.atLeast("--items", items, 1);
    int keys = segments == 0 ? Math.max(1, events / 10) : segments;
    BenchOptions.atLeast("--segments", keys, 1);
    if (!(zipf > 0 && zipf <= 10)) {
      throw new LocalStartException("--zipf must be in (0, 10]: " + zipf);
    }
    if (!List.of("hashmap", "rocksdb").contains(stateBackend)) {
      throw new LocalStartException("--state-backend must be hashmap or rocksdb: " + stateBackend);
    }
    if (!List.of("event", "window", "both").contains(update)) {
      throw new LocalStartException("--update must be event, window or both: " + update);
    }
    Progress progress = new Progress(spec.commandLine().getErr());
    PropensityBenchmark benchmark =
        new PropensityBenchmark(events, keys, items, stateBackend, seed, progress);
    List<PropensityRun> runs = new ArrayList<>();
    for (boolean wholeWindow : new boolean[] {false, true}) {
      if (update.equals("both") || update.equals(wholeWindow ? "window" : "event")) {
        runs.add(benchmark.run(0, wholeWindow));
        runs.add(benchmark.run(zipf, wholeWindow));
      }
    }
    print(runs, spec.commandLine().getOut());
    if (json != null) {
      ObjectNode node = Results.header("propensity", "segments", items, 0, seed);
      node.put("events", events);
      node.put("segments", keys);
      node.put("stateBackend", stateBackend);
      ArrayNode results = node.putArray("results");
      runs.forEach(run -> run.write(results.addObject()));
      Results.write(node, json);
    }
    return 0;
  }

  private static void print(List<PropensityRun> runs, PrintWriter out) {
    out.printf(
        "%-8s %-7s %10s %10s %9s %9s %10s %12s %12s %6s%n",
        "keys",
        "update",
        "events/s",
        "CPU us",
        "hottest",
        "segments",
        "pairs",
        "state bytes",
        "predicted",
        "lost");
    for (PropensityRun run : runs) {
      out.printf(
          Locale.ROOT,
          "%-8s %-7s %,10.0f %10.2f %8.3f%% %,9d %,10d %,12d %,12d %6d%n",
          run.zipf() == 0 ? "even" : "zipf " + run.zipf(),
          run.wholeWindow() ? "window" : "event",
          run.eventsPerSecond(),
          run.cpuMicrosPerEvent(),
          100 * run.hottestShare(),
          run.segments(),
          run.pairs(),
          run.stateBytes(),
          run.predictedBytes(),
          run.lost());
    }
    out.flush();
  }
}
