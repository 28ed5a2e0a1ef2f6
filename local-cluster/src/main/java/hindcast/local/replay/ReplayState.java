package hindcast.local.replay;

import hindcast.local.DataDirectory;
import hindcast.local.LocalFlink;
import hindcast.local.LocalStartException;
import hindcast.local.certificate.RunOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a replay: checkpoints, catalogue, large policy versions, and the results until
 * now. A named one is kept until the run has ended, and the same run goes on from it; a temporary
 * one lives as long as this object.
 */
final class ReplayState implements AutoCloseable {
  private static final String ORIGIN = "run.json";
  private static final String FLINK = "flink";
  private static final String RESULTS = "results";
  private static final List<String> CONTENT =
      List.of(RESULTS, FLINK, "policies", "catalogue", ORIGIN);

  private final DataDirectory data;
  private final boolean resumed;

  private ReplayState(DataDirectory data, boolean resumed) {
    this.data = data;
    this.resumed = resumed;
  }

  /** A directory for a run that is not taken up again. */
  static ReplayState temporary() {
    return new ReplayState(DataDirectory.temporary(), false);
  }

  /**
   * The state in a directory, which is emptied if there is no checkpoint in it.
   *
   * @param origin what the run is made of
   * @throws LocalStartException if the state is of a run made of something else
   */
  static ReplayState at(Path directory, RunOrigin origin) throws IOException {
    DataDirectory data = DataDirectory.at(directory);
    try {
      Path file = data.root().resolve(ORIGIN);
      RunOrigin before = RunOrigin.read(file).orElse(null);
      if (before == null) {
        requireNoOther(data.root());
      } else {
        requireSame(before, origin, data.root());
      }
      boolean resumed = before != null && LocalFlink.newestState(data.folder(FLINK)).isPresent();
      if (!resumed) {
        empty(data.root());
        origin.write(file);
      }
      return new ReplayState(data, resumed);
    } catch (IOException | LocalStartException e) {
      data.close();
      throw e;
    }
  }

  private static void requireNoOther(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      if (files.anyMatch(file -> !file.getFileName().toString().startsWith("."))) {
        throw new LocalStartException(
            "--state must name an empty directory or the state of a replay: " + root);
      }
    }
  }

  private static void requireSame(RunOrigin before, RunOrigin now, Path root) {
    List<String> differences = before.differences(now, "in the state");
    if (!differences.isEmpty()) {
      throw new LocalStartException(
          "--state is of another run, %,d things differ, first %s: repeat that run's command, or name another directory or empty this one: %s"
              .formatted(differences.size(), differences.get(0), root));
    }
  }

  /** Whether there is a checkpoint to go on from. */
  boolean isResumed() {
    return resumed;
  }

  /** A folder inside. */
  Path folder(String name) {
    return data.folder(name);
  }

  /** Where Flink's checkpoints lie. */
  Path flink() {
    return data.folder(FLINK);
  }

  /** The file of an output's results; null where they are not kept. */
  Path results(String output) {
    return data.isTemporary() ? null : data.folder(RESULTS).resolve(output);
  }

  /** The run has ended: nothing is left to go on with. */
  void ended() throws IOException {
    if (!data.isTemporary()) {
      empty(data.root());
    }
  }

  /** Deletes the content; the checkpoints go before what says what they are of. */
  private static void empty(Path root) throws IOException {
    for (String name : CONTENT) {
      Path part = root.resolve(name);
      if (Files.exists(part)) {
        try (Stream<Path> tree = Files.walk(part)) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }

  @Override
  public void close() {
    data.close();
  }
}
