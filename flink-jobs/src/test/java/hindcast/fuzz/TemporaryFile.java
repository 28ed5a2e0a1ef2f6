package hindcast.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file that holds the input of a target; each thread and name has its own. */
final class TemporaryFile {
  private static final ThreadLocal<Path> FOLDER = ThreadLocal.withInitial(TemporaryFile::folder);

  private TemporaryFile() {}

  /** A file of that name with these bytes. */
  static Path of(String name, byte[] bytes) throws IOException {
    Path file = path(name);
    Files.write(file, bytes);
    return file;
  }

  /** Where a file of that name lies, if there is one. */
  static Path path(String name) {
    return FOLDER.get().resolve(name);
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("hindcast-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    for (java.io.File file : folder.toFile().listFiles()) {
      file.delete();
    }
    folder.toFile().delete();
  }
}
