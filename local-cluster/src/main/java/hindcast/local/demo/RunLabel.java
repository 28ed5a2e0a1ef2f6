package hindcast.local.demo;

import hindcast.local.DataDirectory;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the topics in a data directory hold, in one line, so that no two demos mix in one. */
final class RunLabel {

  private RunLabel() {}

  /**
   * Labels a new directory.
   *
   * @throws LocalStartException if it has another label
   */
  static void claim(DataDirectory data, String label) throws IOException {
    Path file = data.root().resolve("demo.txt");
    if (!Files.exists(file)) {
      Files.writeString(file, label + "\n");
      return;
    }
    String other = Files.readString(file).strip();
    if (!other.equals(label)) {
      throw new LocalStartException(
          "--data-dir holds another demo (" + other + "): name another directory");
    }
  }
}
