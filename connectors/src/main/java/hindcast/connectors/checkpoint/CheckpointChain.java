package hindcast.connectors.checkpoint;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.checkpoint.CheckpointException.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks that the checkpoints of each policy, in the order of their topic, form one line: versions
 * count from 1, each names the hash of the one before, or of the one it was rolled back to; steps
 * and data cuts do not go back from there, steps within one embedding space. The versions that a
 * rollback left are a dead branch: the line of descent runs from the newest version to the first.
 */
public final class CheckpointChain {
  /** What has to be known of a version. */
  private record Link(long parent, String sha256, String space, long step, long dataCutMicros) {
    static final Link ROOT = new Link(0, "", "", Long.MIN_VALUE, Long.MIN_VALUE);
  }

  private final Map<String, PolicyCheckpoint> newest = new HashMap<>();
  private final Map<String, TreeMap<Long, Link>> links = new HashMap<>();

  /**
   * The next checkpoint of its policy.
   *
   * @throws CheckpointException if it does not follow the one before; it is not taken then
   */
  public void add(PolicyCheckpoint checkpoint) throws CheckpointException {
    TreeMap<Long, Link> line =
        links.computeIfAbsent(checkpoint.getPolicyId(), policy -> new TreeMap<>());
    long before = line.isEmpty() ? 0 : line.lastKey();
    require(checkpoint, "version", checkpoint.getVersion() == before + 1, before + 1);
    Long back = checkpoint.getRolledBackTo();
    require(
        checkpoint,
        "rolledBackTo",
        back == null || (back >= 1 && back < before),
        "a version before " + before);
    long from = back == null ? before : back;
    Link parent = line.getOrDefault(from, Link.ROOT);
    String hash = parent.sha256();
    require(checkpoint, "parent", checkpoint.getParentSha256().equals(hash), "'" + hash + "'");
    if (parent.space().equals(checkpoint.getEmbeddingSpace())) {
      requireNotBefore(checkpoint, "step", checkpoint.getStep(), parent.step());
    }
    long cut = line.getOrDefault(before, Link.ROOT).dataCutMicros();
    requireNotBefore(checkpoint, "data cut", checkpoint.getDataCutMicros(), cut);
    line.put(
        checkpoint.getVersion(),
        new Link(
            from,
            checkpoint.getSha256(),
            checkpoint.getEmbeddingSpace(),
            checkpoint.getStep(),
            checkpoint.getDataCutMicros()));
    newest.put(checkpoint.getPolicyId(), checkpoint);
  }

  /** The last checkpoint of a policy, or null. */
  public PolicyCheckpoint newest(String policyId) {
    return newest.get(policyId);
  }

  /** The versions the newest one descends from, itself included. */
  public NavigableSet<Long> descent(String policyId) {
    TreeSet<Long> descent = new TreeSet<>();
    TreeMap<Long, Link> line = links.getOrDefault(policyId, new TreeMap<>());
    long version = line.isEmpty() ? 0 : line.lastKey();
    while (version > 0) {
      descent.add(version);
      version = line.get(version).parent();
    }
    return descent;
  }

  private static void requireNotBefore(
      PolicyCheckpoint checkpoint, String what, long value, long least) throws CheckpointException {
    require(checkpoint, what, value >= least, least + " or later");
  }

  private static void require(
      PolicyCheckpoint checkpoint, String what, boolean holds, Object expected)
      throws CheckpointException {
    if (!holds) {
      throw new CheckpointException(
          Fault.BROKEN_CHAIN,
          CheckpointException.name(checkpoint)
              + " must follow the one before it: its "
              + what
              + " must be "
              + expected);
    }
  }
}
