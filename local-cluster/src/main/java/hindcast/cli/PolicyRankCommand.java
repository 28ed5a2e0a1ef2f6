package hindcast.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.connectors.logs.LogScan;
import hindcast.jobs.learning.CheckpointFile;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.local.catalogue.LogCatalogue;
import hindcast.local.policy.HeldOutRanking;
import hindcast.local.results.Report;
import hindcast.ranking.MeanRankingQuality;
import hindcast.ranking.RankingQuality;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How well learned policies rank what was kept apart. */
@Command(
    name = "rank",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Ranks held-out items with policies that replay --checkpoints wrote: precision, recall and"
            + " NDCG of the first K. The lines of one slate are one user's; items with a reward"
            + " above 0 are relevant. A user without one counts as 0.",
    footer = {
      "",
      "Example: hindcast policy rank checkpoints/uips.checkpoint --format csv --mapping mapping.yaml \\",
      "             --items items.csv --log holdout.csv --k 5",
    })
final class PolicyRankCommand implements Callable<Integer> {

  /** What is ranked. */
  private enum Candidates {
    LISTED,
    ALL
  }

  @Parameters(paramLabel = "POLICY", arity = "1..*", description = "Files of policies.")
  private List<Path> policies;

  @Option(
      names = "--format",
      required = true,
      description = "Format of the held-out lines: csv or jsonl with --mapping, obd, dsjson.")
  private String format;

  @Mixin private MappingOption mapping;

  @Option(
      names = "--log",
      required = true,
      paramLabel = "FILE",
      description = "The held-out lines: plain, gzip or Zstandard.")
  private Path log;

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = "CSV file with features of the items, where the policy was learned with one.")
  private Path items;

  @Option(
      names = "--k",
      defaultValue = "5",
      description = "How many items are recommended. Default: ${DEFAULT-VALUE}.")
  private int k;

  @Option(
      names = "--candidates",
      defaultValue = "listed",
      description =
          "What is ranked for a user: listed (the items on the user's lines) or all. Default:"
              + " ${DEFAULT-VALUE}.")
  private Candidates candidates;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers here, as JSON.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (k < 1) {
      throw new LocalStartException("--k must be at least 1: " + k);
    }
    policies.forEach(policy -> LogFiles.requireReadable("POLICY", policy));
    if (items != null) {
      LogFiles.requireReadable("--items", items);
    }
    LogFormat logFormat = LogFiles.format(format, mapping.file());
    LogScan scan = LogFiles.scan(logFormat, log);
    ItemCatalogue catalogue = LogCatalogue.of(scan, items);
    boolean all = candidates == Candidates.ALL;
    List<HeldOutRanking> rankings = new ArrayList<>();
    for (Path policy : policies) {
      rankings.add(new HeldOutRanking(content(policy), catalogue, all, k));
    }
    try (LogReader reader = LogReader.open(logFormat, log)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        for (HeldOutRanking ranking : rankings) {
          ranking.add(entry);
        }
      }
    }
    print(rankings);
    return 0;
  }

  private static PolicyCheckpointContent content(Path policy) {
    try {
      return PolicyCheckpointCodec.read(CheckpointFile.read(policy));
    } catch (IOException e) {
      throw new LocalStartException("POLICY " + policy + ": " + e.getMessage(), e);
    }
  }

  private void print(List<HeldOutRanking> rankings) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("k", k);
    int widest = rankings.stream().mapToInt(ranking -> ranking.policyId().length()).max().orElse(0);
    String row = "%-" + Math.max(6, widest) + "s %7s %8s %8s %8s";
    out.println(row.formatted("policy", "version", "P@" + k, "R@" + k, "NDCG@" + k));
    MeanRankingQuality last = null;
    for (HeldOutRanking ranking : rankings) {
      last = ranking.quality();
      RankingQuality mean = last.mean();
      out.println(
          row.formatted(
              ranking.policyId(),
              ranking.version(),
              "%.4f".formatted(mean.precision()),
              "%.4f".formatted(mean.recall()),
              "%.4f".formatted(mean.ndcg())));
      report
          .withArray("policies")
          .addObject()
          .put("policy", ranking.policyId())
          .put("version", ranking.version())
          .put("precision", mean.precision())
          .put("recall", mean.recall())
          .put("ndcg", mean.ndcg());
    }
    out.println(
        "%,d users, %,d with a relevant item; %,d lines refused"
            .formatted(last.users(), last.withRelevant(), rankings.get(0).refused()));
    out.flush();
    if (json != null) {
      report.put("users", last.users()).put("usersWithRelevant", last.withRelevant());
      report.put("refused", rankings.get(0).refused());
      Report.write(report, json);
    }
  }
}
