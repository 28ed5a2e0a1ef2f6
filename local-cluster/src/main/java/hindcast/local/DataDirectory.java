package hindcast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory everything local is written to: broker logs, catalogue, policy content, Flink
 * checkpoints, the log file. A named one is kept; a temporary one is deleted by {@link #close()}.
 */
public final class DataDirectory implements AutoCloseable {

  private final Path root;
  private final boolean temporary;

  private DataDirectory(Path root, boolean temporary) {
    this.root = root;
    this.temporary = temporary;
  }

  /** A directory that is kept, made if it is missing. */
  public static DataDirectory at(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      Files.delete(Files.createTempFile(root, ".writable", ""));
    } catch (IOException | UnsupportedOperationException e) {
      throw new LocalStartException("data directory cannot be written: " + root, e);
    }
    return new DataDirectory(root, false);
  }

  /** A directory that lives as long as this object. */
  public static DataDirectory temporary() {
    try {
      return new DataDirectory(Files.createTempDirectory("hindcast-"), true);
    } catch (IOException e) {
      throw new LocalStartException(
          "temporary directory cannot be written: " + System.getProperty("java.io.tmpdir"), e);
    }
  }

  /** The named directory, or a temporary one if {@code directory} is null. */
  public static DataDirectory of(Path directory) {
    return directory == null ? temporary() : at(directory);
  }

  public Path root() {
    return root;
  }

  public boolean isTemporary() {
    return temporary;
  }

  /** A folder inside, made if it is missing. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new LocalStartException("data directory cannot be written: " + root.resolve(name), e);
    }
  }

  @Override
  public void close() {
    if (temporary) {
      deleteRecursively(root);
    }
  }

  private static void deleteRecursively(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // a file vanished while the tree was read: somebody else deletes the same directory
    } catch (IOException e) {
      throw new UncheckedIOException("temporary directory cannot be deleted: " + root, e);
    }
  }
}
