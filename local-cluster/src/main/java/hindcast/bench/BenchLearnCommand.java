package hindcast.bench;

import hindcast.cli.VersionProvider;
import hindcast.local.LocalStartException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learning curves. */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "Session completion: reward of test users against steps and against CPU time, for every"
            + " gradient estimator.")
final class BenchLearnCommand implements Callable<Integer> {

  @Mixin private BenchOptions common;

  @Option(
      names = "--estimators",
      split = ",",
      paramLabel = "NAME",
      description =
          "EXACT, REINFORCE, UNIFORM, MIXTURE, TOPK_TAIL, PARTITION, AUTO. Default: all of them.")
  private List<String> estimators = List.of();

  @Option(
      names = "--steps",
      defaultValue = "800",
      description = "Minibatches to learn from. Default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--every",
      defaultValue = "50",
      description = "Steps between two points of a curve. Default: ${DEFAULT-VALUE}")
  private int every;

  @Option(
      names = "--seeds",
      defaultValue = "3",
      description = "Runs of each estimator. Default: ${DEFAULT-VALUE}")
  private int seeds;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.05",
      description =
          "Of Adam, relative to c where learning begins at c times the identity. Default:"
              + " ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--start-perplexity",
      defaultValue = "0",
      description = "Perplexity of the first policy. Default: P/2.")
  private double perplexity;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check();
    Progress progress = new Progress(spec.commandLine().getErr());
    List<Contender> contenders = Contender.of(estimators);
    BenchData data = common.data(progress);
    double size = data.items().size();
    if (!(perplexity == 0 || (perplexity > 1 && perplexity < size))) {
      throw new LocalStartException(
          "--start-perplexity must be between 1 and the number of items: " + perplexity);
    }
    LearnRun.Settings settings =
        new LearnRun.Settings(
            common.batch(),
            steps,
            every,
            learningRate,
            perplexity == 0 ? size / 2 : perplexity,
            seeds,
            common.seed(),
            contenders);
    BenchIndexes indexes = new BenchIndexes(data.items(), common.cache(), common.seed(), progress);
    LearnRun run = new LearnBenchmark(data, indexes, settings, progress).run();
    spec.commandLine().getOut().print(LearnReport.text(run));
    spec.commandLine().getOut().flush();
    if (common.json() != null) {
      Results.write(LearnReport.json(run), common.json());
      LearnReport.draw(run, new Pictures(common.json(), progress));
    }
    return 0;
  }

  private void check() {
    common.check();
    BenchOptions.atLeast("--steps", steps, 1);
    BenchOptions.atLeast("--every", every, 1);
    BenchOptions.atLeast("--seeds", seeds, 1);
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new LocalStartException("--learning-rate must be above 0: " + learningRate);
    }
  }
}
