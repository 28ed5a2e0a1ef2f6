package hindcast.fuzz;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.FileHash;
import hindcast.connectors.checkpoint.CheckpointException;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.policy.PolicyParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Contents of policy checkpoints, under a record with the hash of the bytes: as if a writer were
 * broken and not the way from it.
 */
final class CheckpointTarget {
  private CheckpointTarget() {}

  static String outcome(byte[] input) throws IOException {
    PolicyCheckpoint record = new PolicyCheckpointCodec("").write(content());
    record.setContent(ByteBuffer.wrap(input));
    record.setSha256(FileHash.sha256(input));
    try {
      PolicyCheckpointCodec.read(record);
      return FuzzTarget.ACCEPTED;
    } catch (CheckpointException e) {
      FuzzTarget.requireMessage(e.getMessage(), "checkpoint");
      return e.fault().name();
    }
  }

  /** What the record says of itself. */
  static PolicyCheckpointContent content() {
    return new PolicyCheckpointContent(
        "clpi",
        2,
        "ab",
        "CLPI",
        100,
        9_000_000,
        "v1",
        "space",
        Map.of("minibatch", "32"),
        new PolicyParameters(2, 1, new double[] {0.5, -1}),
        new byte[] {1, 2, 3});
  }
}
