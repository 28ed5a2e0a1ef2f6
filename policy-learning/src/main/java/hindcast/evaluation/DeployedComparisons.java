package hindcast.evaluation;

import hindcast.control.PolicyVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The comparison of every scored version with what is deployed. It begins anew with each
 * deployment: from a version's first block under it on. A version that is scored no more keeps what
 * it was compared with last, until it is forgotten. What is deployed is compared with nothing.
 *
 * <p>Blocks come in order. Holds one {@link DeployedDifference} for each version that is scored or
 * was closed a short time ago. Not thread-safe.
 */
public final class DeployedComparisons {
  private static final int FORMAT = 1;
  private static final long OPEN = Long.MAX_VALUE;

  /** The comparison of one version. */
  public static final class Comparison {
    private final PolicyVersion deployed;
    private final String deployment;
    private final DeployedDifference difference;
    private long closedAt = OPEN;

    private Comparison(PolicyVersion deployed, String deployment, double alpha) {
      this.deployed = deployed;
      this.deployment = deployment;
      difference = new DeployedDifference(alpha);
    }

    /** What the version is compared with. */
    public PolicyVersion deployed() {
      return deployed;
    }

    /** The difference to it since it was deployed. */
    public DeployedDifference difference() {
      return difference;
    }
  }

  private final double alpha;
  private final TreeMap<PolicyVersion, Comparison> comparisons = new TreeMap<>();

  /**
   * No version was scored yet.
   *
   * @param alpha level of each sequence, in (0, 1)
   */
  public DeployedComparisons(double alpha) {
    this.alpha = alpha;
  }

  /**
   * Adds a block of impressions under one version.
   *
   * @param weights its importance weights; NaN where it was not scored
   */
  public void add(DeployedBlock block, PolicyVersion version, double[] weights) {
    if (version.equals(block.deployed())) {
      comparisons.remove(version);
      return;
    }
    if (weights.length != block.weights().length) {
      throw new IllegalArgumentException(
          "%s must have one weight for each of the %d impressions of the block: %d"
              .formatted(version, block.weights().length, weights.length));
    }
    Comparison comparison = comparisons.get(version);
    if (comparison == null || !comparison.deployment.equals(block.deployment())) {
      comparison = new Comparison(block.deployed(), block.deployment(), alpha);
      comparisons.put(version, comparison);
    }
    comparison.closedAt = OPEN;
    for (int k = 0; k < weights.length; k++) {
      if (!Double.isNaN(weights[k]) && !Double.isNaN(block.weights()[k])) {
        comparison.difference.add(
            weights[k], block.weights()[k], block.rewards()[k], block.uncertainties()[k]);
      }
    }
  }

  /** The comparison of a version; absent for what is deployed and what was not scored since. */
  public Optional<Comparison> of(PolicyVersion version) {
    return Optional.ofNullable(comparisons.get(version));
  }

  /** From this time on a version is scored no more. */
  public void close(PolicyVersion version, long time) {
    Comparison comparison = comparisons.get(version);
    if (comparison != null) {
      comparison.closedAt = time;
    }
  }

  /** Forgets the versions that were closed before this time. */
  public void forgetClosedBefore(long time) {
    comparisons.values().removeIf(comparison -> comparison.closedAt < time);
  }

  /** Number of comparisons held. */
  public int size() {
    return comparisons.size();
  }

  /** Writes the complete state; alpha is not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(comparisons.size());
    for (Map.Entry<PolicyVersion, Comparison> entry : comparisons.entrySet()) {
      Comparison comparison = entry.getValue();
      entry.getKey().write(out);
      comparison.deployed.write(out);
      out.writeUTF(comparison.deployment);
      out.writeLong(comparison.closedAt);
      comparison.difference.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("state of comparisons must have format " + FORMAT + ": " + format);
    }
    comparisons.clear();
    for (int k = in.readInt(); k > 0; k--) {
      PolicyVersion version = PolicyVersion.read(in);
      Comparison comparison = new Comparison(PolicyVersion.read(in), in.readUTF(), alpha);
      comparison.closedAt = in.readLong();
      comparison.difference.read(in);
      comparisons.put(version, comparison);
    }
  }
}
