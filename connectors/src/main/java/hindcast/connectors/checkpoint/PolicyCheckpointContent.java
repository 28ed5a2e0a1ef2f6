package hindcast.connectors.checkpoint;

import hindcast.policy.PolicyParameters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one version of a learned policy is. Its SHA-256 covers everything here, the parent's hash
 * included, so that the hashes of a policy form a chain.
 *
 * @param policyId the policy line
 * @param version 1, 2, 3, ...
 * @param parentSha256 hash of the version before; empty for the first
 * @param objective name of the objective
 * @param step optimiser steps so far
 * @param dataCutMicros all impressions it was trained on are earlier
 * @param catalogueVersion catalogue it was trained on
 * @param embeddingSpace embedding space of that catalogue
 * @param configuration the learner's settings
 * @param parameters Theta
 * @param trainerState parameters, optimiser state and sampler keys, to go on from here
 */
public record PolicyCheckpointContent(
    String policyId,
    long version,
    String parentSha256,
    String objective,
    long step,
    long dataCutMicros,
    String catalogueVersion,
    String embeddingSpace,
    Map<String, String> configuration,
    PolicyParameters parameters,
    byte[] trainerState) {
  private static final int MAGIC = 0x48504F4C;
  private static final int FORMAT = 1;

  public PolicyCheckpointContent {
    configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(FORMAT);
    out.writeUTF(policyId);
    out.writeLong(version);
    out.writeUTF(parentSha256);
    out.writeUTF(objective);
    out.writeLong(step);
    out.writeLong(dataCutMicros);
    out.writeUTF(catalogueVersion);
    out.writeUTF(embeddingSpace);
    out.writeInt(configuration.size());
    for (Map.Entry<String, String> entry : configuration.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
    out.writeInt(parameters.contextDimension());
    out.writeInt(parameters.embeddingDimension());
    for (double value : parameters.theta()) {
      out.writeDouble(value);
    }
    out.writeInt(trainerState.length);
    out.write(trainerState);
  }

  static PolicyCheckpointContent read(DataInput in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not the content of a policy checkpoint");
    }
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException("policy checkpoint must have format " + FORMAT + ": " + format);
    }
    String policyId = in.readUTF();
    long version = in.readLong();
    String parentSha256 = in.readUTF();
    String objective = in.readUTF();
    long step = in.readLong();
    long dataCutMicros = in.readLong();
    String catalogueVersion = in.readUTF();
    String embeddingSpace = in.readUTF();
    Map<String, String> configuration = new TreeMap<>();
    for (int k = in.readInt(); k > 0; k--) {
      configuration.put(in.readUTF(), in.readUTF());
    }
    int contextDimension = in.readInt();
    int embeddingDimension = in.readInt();
    double[] theta = new double[Math.multiplyExact(contextDimension, embeddingDimension)];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = in.readDouble();
    }
    byte[] trainerState = new byte[in.readInt()];
    in.readFully(trainerState);
    return new PolicyCheckpointContent(
        policyId,
        version,
        parentSha256,
        objective,
        step,
        dataCutMicros,
        catalogueVersion,
        embeddingSpace,
        configuration,
        new PolicyParameters(contextDimension, embeddingDimension, theta),
        trainerState);
  }
}
