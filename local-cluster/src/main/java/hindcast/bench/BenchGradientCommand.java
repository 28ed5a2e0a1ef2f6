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

/** Speed and error of the gradient estimators. */
@Command(
    name = "gradient",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "CPU time, error and bias of every gradient estimator at three stages of training, for four"
            + " kinds of reward.")
final class BenchGradientCommand implements Callable<Integer> {

  @Mixin private BenchOptions common;

  @Option(
      names = "--perplexity",
      split = ",",
      paramLabel = "N",
      description =
          "Perplexities of the stages, falling. Default: P/2, 2000, 20; less for few items.")
  private double[] perplexities = {};

  @Option(
      names = "--estimators",
      split = ",",
      paramLabel = "NAME",
      description =
          "EXACT, REINFORCE, UNIFORM, MIXTURE, TOPK_TAIL, PARTITION, AUTO. Default: all of them.")
  private List<String> estimators = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Timed rounds. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--repetitions",
      defaultValue = "16",
      description =
          "Estimates of each minibatch's gradient, with draws of their own. Default:"
              + " ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(
      names = "--minibatches",
      defaultValue = "4",
      description = "Different minibatches. Default: ${DEFAULT-VALUE}")
  private int minibatches;

  @Option(
      names = "--steps",
      defaultValue = "400",
      description = "Training steps at most from stage to stage. Default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--peer",
      description = "Runs benchmarks/peer.py (PyTorch and faiss) on the same data as well.")
  private boolean peer;

  @Option(
      names = "--peer-python",
      paramLabel = "FILE",
      description = "The Python of the peer. Default: python3, /usr/bin/python3.")
  private String python;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    GradientSettings settings = settings();
    Peer other = peer ? Peer.find(python, common.cache()) : null;
    Progress progress = new Progress(spec.commandLine().getErr());
    BenchData data = common.data(progress);
    checkPerplexities(settings.perplexities(data.items().size()), data.items().size());
    BenchIndexes indexes = new BenchIndexes(data.items(), common.cache(), common.seed(), progress);
    GradientRun run = new GradientBenchmark(data, indexes, settings, progress).run(other);
    spec.commandLine().getOut().print(GradientTable.of(run));
    spec.commandLine().getOut().flush();
    if (common.json() != null) {
      Results.write(GradientJson.of(run), common.json());
      GradientPictures.draw(run, new Pictures(common.json(), progress));
    }
    return 0;
  }

  private GradientSettings settings() {
    common.check();
    BenchOptions.atLeast("--rounds", rounds, 1);
    BenchOptions.atLeast("--repetitions", repetitions, 1);
    BenchOptions.atLeast("--minibatches", minibatches, 1);
    BenchOptions.atLeast("--steps", steps, 0);
    return new GradientSettings(
        common.batch(),
        perplexities,
        Contender.of(estimators),
        rounds,
        minibatches,
        repetitions,
        steps,
        common.seed());
  }

  private static void checkPerplexities(double[] wanted, int size) {
    double above = size;
    for (double perplexity : wanted) {
      if (!(perplexity > 1 && perplexity < above)) {
        throw new LocalStartException(
            "--perplexity must fall from below the number of items ("
                + size
                + ") and stay above 1: "
                + perplexity);
      }
      above = perplexity;
    }
  }
}
