package hindcast.cli;

import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.evaluation.EvaluationSettings;
import hindcast.local.LocalStartException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that builds a pipeline. */
final class PipelineOptions {

  @Mixin private ConfigOptions configuration;

  @Option(
      names = "--learn",
      paramLabel = "POLICY",
      description =
          "Learns only these: an id of the configuration's learning.policies, the name of an"
              + " objective (clpi, ips, ...), or a file FILE.yaml with policies and grids of them."
              + " Repeatable.")
  private List<String> learn = new ArrayList<>();

  @Option(
      names = "--evaluate",
      paramLabel = "POLICY",
      description =
          "Evaluates only these beside what is learned: table:FILE.csv, uniform, logging,"
              + " always:ITEM, and greedy:POLICY or epsilon:E:POLICY around a table, an item or"
              + " what is learned. Repeatable.")
  private List<String> evaluate = new ArrayList<>();

  /** The files {@code --learn} names. */
  List<Path> candidateFiles() {
    return learn.stream().filter(PolicyChoice::isFile).map(Path::of).toList();
  }

  /** The file of the configuration; null where none is given. */
  Path configurationFile() {
    return configuration.file();
  }

  /**
   * The configuration these options ask for.
   *
   * @param defaults {@code key=value} pairs that hold where no file is given
   * @param required {@code key=value} pairs that hold whatever is asked for
   */
  PipelineConfig config(List<String> defaults, List<String> required) {
    PipelineConfig config =
        PolicyChoice.apply(configuration.load(defaults, required), learn, evaluate);
    checkTables(config);
    return config;
  }

  private static void checkTables(PipelineConfig config) {
    try {
      EvaluationSettings.of(config);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new LocalStartException(e.getMessage(), e);
    }
  }
}
