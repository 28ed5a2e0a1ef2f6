package hindcast.cli;

import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that reads the configuration. */
final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with the configuration; see hindcast config.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the configuration, after the file. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  /** The file; null where none is given. */
  Path file() {
    return file;
  }

  /** Whether a file is given. */
  boolean hasFile() {
    return file != null;
  }

  /**
   * The configuration these options ask for.
   *
   * @param defaults {@code key=value} pairs that hold where no file is given
   * @param required {@code key=value} pairs that hold whatever is asked for
   */
  PipelineConfig load(List<String> defaults, List<String> required) {
    List<String> all = new ArrayList<>(hasFile() ? List.of() : defaults);
    all.addAll(overrides);
    all.addAll(required);
    return ConfigLoader.load(file, all);
  }
}
