package hindcast.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One version of one policy.
 *
 * @param policy the policy line and, after a slash, its form: {@code clpi}, {@code clpi/greedy}
 * @param version 1, 2, 3, ...; 0 for a policy without versions
 */
public record PolicyVersion(String policy, long version) implements Comparable<PolicyVersion> {
  public PolicyVersion {
    if (policy.isEmpty() || policy.startsWith("/")) {
      throw new IllegalArgumentException("policy must have a name: '" + policy + "'");
    }
    if (version < 0) {
      throw new IllegalArgumentException("version must be at least 0: " + version);
    }
  }

  /** The policy line, without the form. */
  public String line() {
    int slash = policy.indexOf('/');
    return slash < 0 ? policy : policy.substring(0, slash);
  }

  /** How it is played; {@code softmax} where the name does not say. */
  public String form() {
    int slash = policy.indexOf('/');
    return slash < 0 ? "softmax" : policy.substring(slash + 1);
  }

  /** Writes both names. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(policy);
    out.writeLong(version);
  }

  /** Reads what {@link #write} wrote. */
  public static PolicyVersion read(DataInput in) throws IOException {
    return new PolicyVersion(in.readUTF(), in.readLong());
  }

  @Override
  public int compareTo(PolicyVersion other) {
    int order = policy.compareTo(other.policy);
    return order == 0 ? Long.compare(version, other.version) : order;
  }

  @Override
  public String toString() {
    return version == 0 ? policy : policy + " version " + version;
  }
}
