package hindcast.policy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What is learned of a policy: the map Θ from contexts to the space of the items.
 *
 * <p>The array is taken over, not copied; it must not be changed afterwards. Equality is by value.
 *
 * @param contextDimension d
 * @param embeddingDimension L
 * @param theta Θ, row-major d x L, all finite
 */
public record PolicyParameters(int contextDimension, int embeddingDimension, double[] theta) {

  public PolicyParameters {
    if (contextDimension < 1 || embeddingDimension < 1) {
      throw new IllegalArgumentException(
          "dimensions must be at least 1: " + contextDimension + " x " + embeddingDimension);
    }
    if ((long) contextDimension * embeddingDimension != theta.length) {
      throw new IllegalArgumentException(
          "theta needs d x L numbers: "
              + contextDimension
              + " x "
              + embeddingDimension
              + " is not "
              + theta.length);
    }
    for (double value : theta) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("theta must be finite: " + value);
      }
    }
  }

  /** Θ = 0: the uniform policy. */
  public static PolicyParameters zero(int contextDimension, int embeddingDimension) {
    return new PolicyParameters(
        contextDimension, embeddingDimension, new double[contextDimension * embeddingDimension]);
  }

  /** SHA-256 in hex over d, L (32-bit) and Θ (64-bit IEEE 754), big-endian. */
  public String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 8 * theta.length);
    bytes.putInt(contextDimension).putInt(embeddingDimension);
    bytes.asDoubleBuffer().put(theta);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyParameters that
        && contextDimension == that.contextDimension
        && embeddingDimension == that.embeddingDimension
        && Arrays.equals(theta, that.theta);
  }

  @Override
  public int hashCode() {
    return 31 * contextDimension + Arrays.hashCode(theta);
  }

  @Override
  public String toString() {
    return "PolicyParameters[" + contextDimension + " x " + embeddingDimension + "]";
  }
}
