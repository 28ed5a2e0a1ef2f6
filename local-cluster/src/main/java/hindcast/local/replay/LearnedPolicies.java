package hindcast.local.replay;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.LocalStartException;
import hindcast.local.TopicRecord;
import hindcast.local.policy.CommandSender;
import hindcast.local.policy.PolicyBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The newest version of each line that a replay has learned, whole: parameters and state of the
 * optimiser. It can be written to files, from which a line can start ({@code initialisation:
 * checkpoint:FILE}), and to the topics of a running job, as a candidate that it evaluates.
 */
final class LearnedPolicies {
  static final String REQUESTED_BY = "replay";

  private final Map<String, PolicyCheckpoint> newest = new TreeMap<>();

  /** Takes a version. */
  synchronized void add(PolicyCheckpoint checkpoint) {
    newest.merge(
        checkpoint.getPolicyId(),
        checkpoint,
        (one, other) -> one.getVersion() > other.getVersion() ? one : other);
  }

  /** The newest versions, by line. */
  synchronized List<PolicyCheckpoint> newest() {
    return List.copyOf(newest.values());
  }

  /**
   * Writes {@code LINE.checkpoint} for each line; content that is too large for a record lies
   * beside it.
   *
   * @return the files
   */
  List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    return newest().stream().map(one -> write(one, folder)).toList();
  }

  private static Path write(PolicyCheckpoint checkpoint, Path folder) {
    Path file = folder.resolve(checkpoint.getPolicyId() + ".checkpoint");
    try {
      return Files.write(
          file, WireFormat.ofThread().encode(stored(checkpoint, folder.toAbsolutePath())));
    } catch (IOException e) {
      throw new LocalStartException("--checkpoints cannot be written: " + e.getMessage(), e);
    }
  }

  /** The same version with content that is too large for a record in another folder. */
  private static PolicyCheckpoint stored(PolicyCheckpoint checkpoint, Path folder)
      throws IOException {
    return new PolicyCheckpointCodec(folder.toString())
        .write(PolicyCheckpointCodec.read(checkpoint), checkpoint.getRolledBackTo());
  }

  /**
   * What is in the topics.
   *
   * @throws LocalStartException if they cannot be read
   */
  static PolicyBook book(KafkaSettings kafka) {
    return PolicyBook.read(kafka, checkpoint -> false);
  }

  /**
   * Writes the versions to [policy-checkpoints], and the command to evaluate each to
   * [policy-control].
   *
   * @param store folder for large content that the job can read; empty for none
   * @return the commands
   * @throws LocalStartException if the topics hold later versions of a line, or cannot be written
   */
  List<PolicyControl> publish(KafkaSettings kafka, String store) throws IOException {
    List<PolicyCheckpoint> versions = newest();
    PolicyBook before = book(kafka);
    versions.forEach(version -> requireNew(version, before));
    for (PolicyCheckpoint version : versions) {
      TopicRecord.write(
          kafka,
          kafka.topics().policyCheckpoints(),
          stored(version, Path.of(store)),
          "--publish: the version");
    }
    PolicyBook after =
        PolicyBook.read(
            kafka, one -> versions.stream().anyMatch(v -> v.getSha256().equals(one.getSha256())));
    return versions.stream()
        .map(
            version ->
                new CommandSender(kafka, after)
                    .send(
                        PolicyCommand.OPEN,
                        after.find(version.getPolicyId(), version.getVersion()),
                        null,
                        REQUESTED_BY,
                        "learned from a log"))
        .toList();
  }

  private static void requireNew(PolicyCheckpoint version, PolicyBook book) {
    NavigableMap<Long, PolicyCheckpoint> known = book.versions().get(version.getPolicyId());
    if (known == null || known.isEmpty()) {
      return;
    }
    PolicyCheckpoint same = known.get(version.getVersion());
    boolean repeated = same != null && same.getSha256().equals(version.getSha256());
    if (!repeated && known.lastKey() >= version.getVersion()) {
      throw new LocalStartException(
          "--publish: %s has versions up to %d in the topics, and the replay came to %d: learn it under another id, or let the line start from the replay (initialisation: checkpoint:FILE)"
              .formatted(version.getPolicyId(), known.lastKey(), version.getVersion()));
    }
  }
}
