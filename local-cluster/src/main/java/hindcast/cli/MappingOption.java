package hindcast.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The mapping of a log in csv or JSON lines. */
final class MappingOption {

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "Of csv and jsonl: YAML file that says which column or field is what.")
  private Path file;

  /** The file; null where none is given. */
  Path file() {
    return file;
  }
}
