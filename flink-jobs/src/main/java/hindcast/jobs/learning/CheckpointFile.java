package hindcast.jobs.learning;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.avro.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A policy version in a file, as {@code replay --checkpoints} writes it: the record as it travels.
 */
final class CheckpointFile {
  private CheckpointFile() {}

  /**
   * Reads the record.
   *
   * @throws IOException if the file cannot be read or holds something else
   */
  static PolicyCheckpoint read(Path file) throws IOException {
    if (WireFormat.ofThread().decode(Files.readAllBytes(file)).record()
        instanceof PolicyCheckpoint checkpoint) {
      return checkpoint;
    }
    throw new IOException(
        "initialisation must name a checkpoint that replay --checkpoints wrote: " + file);
  }
}
