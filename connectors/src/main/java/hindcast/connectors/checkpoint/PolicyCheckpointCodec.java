package hindcast.connectors.checkpoint;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.FileHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Between the content of a policy checkpoint and its record. Content up to {@value #LARGEST_INLINE}
 * bytes travels in the record; larger content lies in a file named by its hash, which is synced
 * before the record exists. A reader verifies the hash in both cases.
 */
public final class PolicyCheckpointCodec {
  /** Largest content inside the record, bytes. */
  public static final int LARGEST_INLINE = 512 << 10;

  private final String directory;

  /**
   * @param directory where content above the limit is stored; empty for none
   */
  public PolicyCheckpointCodec(String directory) {
    this.directory = directory;
  }

  /**
   * The record of a content.
   *
   * @throws IOException if the content is above the limit and cannot be stored
   */
  public PolicyCheckpoint write(PolicyCheckpointContent content) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(buffer)) {
      content.write(out);
    }
    byte[] bytes = buffer.toByteArray();
    String sha256 = FileHash.sha256(bytes);
    boolean inline = bytes.length <= LARGEST_INLINE;
    return new PolicyCheckpoint(
        content.policyId(),
        content.version(),
        content.objective(),
        content.step(),
        content.dataCutMicros(),
        sha256,
        content.parentSha256(),
        content.catalogueVersion(),
        content.embeddingSpace(),
        content.parameters().contextDimension(),
        content.parameters().embeddingDimension(),
        content.configuration(),
        inline ? ByteBuffer.wrap(bytes) : null,
        inline ? null : store(content, bytes, sha256));
  }

  private String store(PolicyCheckpointContent content, byte[] bytes, String sha256)
      throws IOException {
    if (directory.isEmpty()) {
      throw new IOException(
          "checkpoint "
              + content.policyId()
              + " version "
              + content.version()
              + " has "
              + bytes.length
              + " bytes, more than the "
              + LARGEST_INLINE
              + " that fit in a record: set checkpoint-store.directory");
    }
    Path file = Path.of(directory, sha256 + ".policy");
    if (!Files.exists(file)) {
      FileHash.writeAtomically(file, out -> out.write(bytes));
    }
    return file.toAbsolutePath().toString();
  }

  /**
   * The content of a record.
   *
   * @throws IOException if it is missing, is not what the hash says, or is broken
   */
  public static PolicyCheckpointContent read(PolicyCheckpoint checkpoint) throws IOException {
    byte[] bytes = bytes(checkpoint);
    String sha256 = FileHash.sha256(bytes);
    if (!sha256.equals(checkpoint.getSha256())) {
      throw new IOException(
          "content of "
              + name(checkpoint)
              + " must have the hash of its record ("
              + checkpoint.getSha256()
              + "): "
              + sha256);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return PolicyCheckpointContent.read(in);
    } catch (EOFException e) {
      throw new IOException("content of " + name(checkpoint) + " ends too early", e);
    }
  }

  private static byte[] bytes(PolicyCheckpoint checkpoint) throws IOException {
    if (checkpoint.getContent() != null) {
      byte[] bytes = new byte[checkpoint.getContent().remaining()];
      checkpoint.getContent().duplicate().get(bytes);
      return bytes;
    }
    if (checkpoint.getLocation() == null) {
      throw new IOException(name(checkpoint) + " must have content or a location: neither");
    }
    return Files.readAllBytes(Path.of(checkpoint.getLocation()));
  }

  private static String name(PolicyCheckpoint checkpoint) {
    return "checkpoint " + checkpoint.getPolicyId() + " version " + checkpoint.getVersion();
  }
}
