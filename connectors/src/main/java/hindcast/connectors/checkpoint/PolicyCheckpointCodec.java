package hindcast.connectors.checkpoint;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.FileHash;
import hindcast.connectors.checkpoint.CheckpointException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Between the content of a policy checkpoint and its record. Content up to {@value #LARGEST_INLINE}
 * bytes travels in the record; larger content lies in a file named by its hash, which is synced
 * before the record exists. A reader verifies the hash in both cases, and that the record says of
 * the content what the content says itself. Errors: {@link CheckpointException} with the fault by
 * name.
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
   * @throws CheckpointException if the content is above the limit and cannot be stored
   */
  public PolicyCheckpoint write(PolicyCheckpointContent content) throws IOException {
    return write(content, null);
  }

  /**
   * The record of a content.
   *
   * @param rolledBackTo the version it descends from if a rollback came before it, or null
   * @throws CheckpointException if the content is above the limit and cannot be stored
   */
  public PolicyCheckpoint write(PolicyCheckpointContent content, Long rolledBackTo)
      throws IOException {
    byte[] bytes = content.toBytes();
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
        inline ? null : store(content, bytes, sha256),
        rolledBackTo);
  }

  private String store(PolicyCheckpointContent content, byte[] bytes, String sha256)
      throws CheckpointException {
    if (directory.isEmpty()) {
      throw new CheckpointException(
          Fault.NOT_STORED,
          name(content)
              + " has "
              + bytes.length
              + " bytes, more than the "
              + LARGEST_INLINE
              + " that fit in a record: set checkpoint-store.directory");
    }
    Path file = Path.of(directory, sha256 + ".policy");
    try {
      if (!Files.exists(file) || !FileHash.sha256(file).equals(sha256)) {
        FileHash.writeAtomically(file, out -> out.write(bytes));
      }
    } catch (IOException e) {
      throw new CheckpointException(
          Fault.NOT_STORED,
          name(content) + " could not be written to " + file + ": " + e.getMessage(),
          e);
    }
    return file.toAbsolutePath().toString();
  }

  /**
   * The content of a record.
   *
   * @throws CheckpointException if it is missing, is not what the hash says, or not what the record
   *     says
   */
  public static PolicyCheckpointContent read(PolicyCheckpoint checkpoint) throws IOException {
    byte[] bytes = bytes(checkpoint);
    String sha256 = FileHash.sha256(bytes);
    if (!sha256.equals(checkpoint.getSha256())) {
      throw new CheckpointException(
          Fault.CORRUPT,
          "content of "
              + CheckpointException.name(checkpoint)
              + " must have the hash of its record ("
              + checkpoint.getSha256()
              + "): "
              + sha256);
    }
    PolicyCheckpointContent content = parse(checkpoint, bytes);
    requireMatch(checkpoint, content);
    return content;
  }

  private static PolicyCheckpointContent parse(PolicyCheckpoint checkpoint, byte[] bytes)
      throws IOException {
    try {
      return PolicyCheckpointContent.parse(bytes);
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CheckpointException(
          Fault.CORRUPT,
          "content of " + CheckpointException.name(checkpoint) + " is damaged: " + e.getMessage(),
          e);
    }
  }

  private static void requireMatch(PolicyCheckpoint checkpoint, PolicyCheckpointContent content)
      throws CheckpointException {
    boolean matches =
        content.policyId().equals(checkpoint.getPolicyId())
            && content.version() == checkpoint.getVersion()
            && content.parentSha256().equals(checkpoint.getParentSha256())
            && content.objective().equals(checkpoint.getObjective())
            && content.step() == checkpoint.getStep()
            && content.dataCutMicros() == checkpoint.getDataCutMicros()
            && content.catalogueVersion().equals(checkpoint.getCatalogueVersion())
            && content.embeddingSpace().equals(checkpoint.getEmbeddingSpace())
            && content.configuration().equals(checkpoint.getConfiguration())
            && content.parameters().contextDimension() == checkpoint.getContextDimension()
            && content.parameters().embeddingDimension() == checkpoint.getEmbeddingDimension();
    if (!matches) {
      throw new CheckpointException(
          Fault.MISMATCHED,
          CheckpointException.name(checkpoint)
              + " must be what its content says: "
              + name(content)
              + " at step "
              + content.step());
    }
  }

  private static byte[] bytes(PolicyCheckpoint checkpoint) throws CheckpointException {
    if (checkpoint.getContent() != null) {
      byte[] bytes = new byte[checkpoint.getContent().remaining()];
      checkpoint.getContent().duplicate().get(bytes);
      return bytes;
    }
    if (checkpoint.getLocation() == null) {
      throw new CheckpointException(
          Fault.MISSING,
          CheckpointException.name(checkpoint) + " must have content or a location: neither");
    }
    try {
      Path file = Path.of(checkpoint.getLocation());
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(checkpoint.getLocation());
      }
      return Files.readAllBytes(file);
    } catch (IOException | InvalidPathException e) {
      throw new CheckpointException(
          Fault.MISSING,
          "content of "
              + CheckpointException.name(checkpoint)
              + " must be readable here: "
              + checkpoint.getLocation()
              + "; share the directory",
          e);
    }
  }

  private static String name(PolicyCheckpointContent content) {
    return "checkpoint " + content.policyId() + " version " + content.version();
  }
}
