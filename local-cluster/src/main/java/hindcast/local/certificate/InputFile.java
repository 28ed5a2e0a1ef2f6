package hindcast.local.certificate;

import hindcast.connectors.FileHash;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a run reads.
 *
 * @param role log, rewards, mapping, items, table, configuration or candidates
 * @param path as it was given
 * @param bytes its size
 * @param sha256 of its bytes as they are stored, compressed or not, in hex
 */
public record InputFile(String role, String path, long bytes, String sha256) {
  /**
   * Reads the file once.
   *
   * @throws LocalStartException if it cannot be read
   */
  public static InputFile of(String role, Path file) {
    return of(role, file, file.toString());
  }

  /**
   * Reads the file once.
   *
   * @param name what it is called instead of its path
   * @throws LocalStartException if it cannot be read
   */
  public static InputFile of(String role, Path file, String name) {
    try {
      return new InputFile(role, name, Files.size(file), FileHash.sha256(file));
    } catch (IOException e) {
      throw new LocalStartException("input " + role + " cannot be read: " + file, e);
    }
  }
}
