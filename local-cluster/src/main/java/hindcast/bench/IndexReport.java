package hindcast.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An index benchmark as JSON, text and pictures. */
final class IndexReport {
  private IndexReport() {}

  static ObjectNode json(IndexRun run) {
    ObjectNode node = Results.header("index", run.data(), run.size(), run.dimension(), run.seed());
    node.put("queries", run.queries());
    Results.builds(node, run.builds());
    ArrayNode results = node.putArray("results");
    for (IndexRun.Result result : run.results()) {
      ObjectNode entry = results.addObject();
      entry.put("index", result.index());
      entry.put("setting", result.setting());
      entry.put("k", result.k());
      entry.put("batch", result.batch());
      Results.number(entry, "recall", result.recall());
      Results.number(entry, "cpuMicrosPerQuery", result.micros().median());
      Results.number(entry, "cpuMicrosPerQueryP10", result.micros().p10());
    }
    return node;
  }

  static String text(IndexRun run) {
    StringBuilder out = new StringBuilder();
    out.append(
        "%s, %,d items x %d, %d queries%n"
            .formatted(run.data(), run.size(), run.dimension(), run.queries()));
    run.builds().forEach(build -> out.append(GradientTable.build(build)));
    out.append(
        "%-12s %8s %6s %6s %8s %12s %12s%n"
            .formatted("index", "setting", "k", "batch", "recall", "CPU us", "p10"));
    for (IndexRun.Result result : run.results()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-12s %8d %6d %6d %8.3f %12.1f %12.1f%n",
              result.index(),
              result.setting(),
              result.k(),
              result.batch(),
              result.recall(),
              result.micros().median(),
              result.micros().p10()));
    }
    return out.toString();
  }

  /** A picture for each k. */
  static void draw(IndexRun run, Pictures pictures) throws IOException {
    for (int k : run.results().stream().mapToInt(IndexRun.Result::k).distinct().toArray()) {
      Map<String, List<IndexRun.Result>> lines = new LinkedHashMap<>();
      for (IndexRun.Result result : run.results()) {
        if (result.k() == k) {
          String name = result.index() + (result.batch() == 1 ? "" : ", batch " + result.batch());
          lines.computeIfAbsent(name, any -> new ArrayList<>()).add(result);
        }
      }
      pictures.draw(
          "top" + k,
          "%s, %,d x %d: the best %d".formatted(run.data(), run.size(), run.dimension(), k),
          "CPU microseconds a query",
          "recall",
          true,
          false,
          lines.entrySet().stream().map(line -> series(line.getKey(), line.getValue())).toList());
    }
  }

  private static Pictures.Series series(String name, List<IndexRun.Result> results) {
    return new Pictures.Series(
        name,
        results.stream().mapToDouble(result -> result.micros().median()).toArray(),
        results.stream().mapToDouble(IndexRun.Result::recall).toArray());
  }
}
