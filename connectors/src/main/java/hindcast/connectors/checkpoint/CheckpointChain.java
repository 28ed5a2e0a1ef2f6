package hindcast.connectors.checkpoint;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.checkpoint.CheckpointException.Fault;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that the checkpoints of each policy, in the order of their topic, form one line: versions
 * count from 1, each names the hash of the one before, steps and data cuts do not go back.
 */
public final class CheckpointChain {
  private final Map<String, PolicyCheckpoint> newest = new HashMap<>();

  /**
   * The next checkpoint of its policy.
   *
   * @throws CheckpointException if it does not follow the one before; it is not taken then
   */
  public void add(PolicyCheckpoint checkpoint) throws CheckpointException {
    PolicyCheckpoint parent = newest.get(checkpoint.getPolicyId());
    long version = parent == null ? 1 : parent.getVersion() + 1;
    String hash = parent == null ? "" : parent.getSha256();
    require(checkpoint, "version", checkpoint.getVersion() == version, version);
    require(checkpoint, "parent", checkpoint.getParentSha256().equals(hash), "'" + hash + "'");
    if (parent != null) {
      require(
          checkpoint,
          "step",
          checkpoint.getStep() >= parent.getStep(),
          parent.getStep() + " or later");
      require(
          checkpoint,
          "data cut",
          checkpoint.getDataCutMicros() >= parent.getDataCutMicros(),
          parent.getDataCutMicros() + " or later");
    }
    newest.put(checkpoint.getPolicyId(), checkpoint);
  }

  /** The last checkpoint of a policy, or null. */
  public PolicyCheckpoint newest(String policyId) {
    return newest.get(policyId);
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
