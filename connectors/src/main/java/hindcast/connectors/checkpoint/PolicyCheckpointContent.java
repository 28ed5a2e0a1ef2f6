package hindcast.connectors.checkpoint;

import hindcast.policy.PolicyParameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
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

  /** The content as bytes. */
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(buffer)) {
      write(out);
    }
    return buffer.toByteArray();
  }

  private void write(DataOutput out) throws IOException {
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

  /**
   * The content in the bytes; sizes are compared with what is left before anything is allocated.
   *
   * @throws IOException if the bytes are no content
   */
  static PolicyCheckpointContent parse(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      PolicyCheckpointContent content = read(in);
      if (in.available() > 0) {
        throw new IOException(in.available() + " bytes are left over");
      }
      return content;
    }
  }

  private static PolicyCheckpointContent read(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not the content of a policy checkpoint");
    }
    int format = in.readInt();
    if (format != FORMAT) {
      throw new CheckpointException(
          CheckpointException.Fault.UNSUPPORTED,
          "policy checkpoint must have format " + FORMAT + ": " + format);
    }
    return new PolicyCheckpointContent(
        in.readUTF(),
        in.readLong(),
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readUTF(),
        in.readUTF(),
        readConfiguration(in),
        readParameters(in),
        in.readNBytes(requireLeft(in, in.readInt(), 1)));
  }

  private static Map<String, String> readConfiguration(DataInputStream in) throws IOException {
    Map<String, String> configuration = new TreeMap<>();
    for (int k = in.readInt(); k > 0; k--) {
      configuration.put(in.readUTF(), in.readUTF());
    }
    return configuration;
  }

  private static PolicyParameters readParameters(DataInputStream in) throws IOException {
    int contextDimension = in.readInt();
    int embeddingDimension = in.readInt();
    long size = (long) contextDimension * embeddingDimension;
    double[] theta = new double[requireLeft(in, size, Double.BYTES)];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = in.readDouble();
    }
    return new PolicyParameters(contextDimension, embeddingDimension, theta);
  }

  private static int requireLeft(DataInputStream in, long count, int bytesEach) throws IOException {
    if (count < 0 || count > in.available() / bytesEach) {
      throw new EOFException(count + " values are more than the " + in.available() + " bytes left");
    }
    return (int) count;
  }
}
