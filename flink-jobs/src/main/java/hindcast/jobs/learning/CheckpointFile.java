package hindcast.jobs.learning;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.avro.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A policy version in a file, as {@code replay --checkpoints} writes it: the record as it travels.
 */
public final class CheckpointFile {
  private CheckpointFile() {}

  /**
   * Reads the record.
   *
   * @throws IOException if the file cannot be read or holds something else
   */
  public static PolicyCheckpoint read(Path file) throws IOException {
    if (WireFormat.ofThread().decode(Files.readAllBytes(file)).record()
        instanceof PolicyCheckpoint checkpoint) {
      return checkpoint;
    }
    throw new IOException("a checkpoint must be a file that replay --checkpoints wrote: " + file);
  }
}
