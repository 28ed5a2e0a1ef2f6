package hindcast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final FileChannel lock;

  private DataDirectory(Path root, boolean temporary, FileChannel lock) {
    this.root = root;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * A directory that is kept, made if it is missing, and locked until {@link #close()}: a second
   * broker on the files of a running one would truncate its log.
   */
  public static DataDirectory at(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      Files.delete(Files.createTempFile(root, ".writable", ""));
    } catch (IOException | UnsupportedOperationException e) {
      throw new LocalStartException("data directory cannot be written: " + root, e);
    }
    return new DataDirectory(root, false, lock(root));
  }

  private static FileChannel lock(Path root) {
    try {
      FileChannel channel =
          FileChannel.open(
              root.resolve(".in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException e) {
      throw new LocalStartException("data directory cannot be locked: " + root, e);
    }
    throw new LocalStartException(
        "data directory is used by another run: " + root + ": stop it or name another directory");
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** A directory that lives as long as this object. */
  public static DataDirectory temporary() {
    try {
      return new DataDirectory(Files.createTempDirectory("hindcast-"), true, null);
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
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("data directory cannot be released: " + root, e);
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
