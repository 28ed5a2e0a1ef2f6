package hindcast.bench;

import hindcast.cli.VersionProvider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recall against latency, build time and memory of the indexes. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "Recall against CPU time of the indexes, exact, HNSW and partition; build time and memory.")
final class BenchIndexCommand implements Callable<Integer> {

  @Mixin private BenchOptions common;

  @Option(
      names = "--queries",
      defaultValue = "256",
      description = "How many queries. Default: ${DEFAULT-VALUE}")
  private int queries;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Timed rounds. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    common.check();
    BenchOptions.atLeast("--queries", queries, 1);
    BenchOptions.atLeast("--rounds", rounds, 1);
    Progress progress = new Progress(spec.commandLine().getErr());
    BenchData data = common.data(progress);
    BenchIndexes indexes = new BenchIndexes(data.items(), common.cache(), common.seed(), progress);
    IndexRun run =
        new IndexBenchmark(data, indexes, queries, rounds, progress)
            .run(indexes.candidates(), common.seed());
    spec.commandLine().getOut().print(IndexReport.text(run));
    spec.commandLine().getOut().flush();
    if (common.json() != null) {
      Results.write(IndexReport.json(run), common.json());
      IndexReport.draw(run, new Pictures(common.json(), progress));
    }
    return 0;
  }
}
