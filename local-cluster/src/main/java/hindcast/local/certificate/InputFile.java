package hindcast.local.certificate;

import hindcast.local.LocalStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that a run reads.
 *
 * @param role log, items, table or configuration
 * @param path as it was given
 * @param bytes its size
 * @param sha256 of its bytes as they are stored, compressed or not, in hex
 */
public record InputFile(String role, String path, long bytes, String sha256) {
  private static final int BLOCK = 1 << 16;

  /**
   * Reads the file once.
   *
   * @throws LocalStartException if it cannot be read
   */
  public static InputFile of(String role, Path file) {
    MessageDigest digest = Canonical.digest();
    long bytes = 0;
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
        bytes += read;
      }
    } catch (IOException e) {
      throw new LocalStartException("input " + role + " cannot be read: " + file, e);
    }
    return new InputFile(role, file.toString(), bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
