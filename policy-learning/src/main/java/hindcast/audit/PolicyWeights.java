package hindcast.audit;

import hindcast.estimator.WeightMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Importance weights of evaluated policies: mean above 1 (a test), mean below 1, and support.
 *
 * <p>A mean above 1 is impossible with right propensities whatever the policy, so it is critical. A
 * mean below 1 is right where the logger does not show all that the policy would, and weights with
 * a long tail show it for a long time; it is a warning, raised when the mean is at most {@value
 * #LARGEST_LOW} and {@value #LOW_Z} standard errors below 1.
 */
final class PolicyWeights {
  private static final double LARGEST_LOW = 0.95;
  private static final double LOW_Z = 6;
  private static final long ENOUGH = 1000;
  private static final double LEAST_EFFECTIVE = 300;
  private static final double LARGEST_SHARE = 0.05;

  private static final class Weights {
    final long index;
    final WeightMoments moments = new WeightMoments();
    final GridEValue evidence = new GridEValue();

    Weights(long index) {
      this.index = index;
    }
  }

  private final Family family;
  private final int stride;
  private final int most;
  private final boolean supportMatters;
  private final Map<String, Weights> policies = new LinkedHashMap<>(64, 0.75f, true);
  private long lastIndex;

  /**
   * The i-th policy, from 0, takes test {@code first + i stride} of the group.
   *
   * @param first at least 1
   * @param stride at least 1
   * @param most policies remembered; beyond it the one that was quiet longest is forgotten
   * @param supportMatters whether missing support is a finding
   */
  PolicyWeights(Family family, int first, int stride, int most, boolean supportMatters) {
    this.family = family;
    this.stride = stride;
    this.lastIndex = (long) first - stride;
    this.most = most;
    this.supportMatters = supportMatters;
  }

  void add(String policy, double weight, double reward) {
    Weights weights = policies.get(policy);
    if (weights == null) {
      if (policies.size() >= most) {
        Iterator<String> quietest = policies.keySet().iterator();
        quietest.next();
        quietest.remove();
      }
      lastIndex += stride;
      weights = new Weights(lastIndex);
      policies.put(policy, weights);
    }
    weights.moments.add(weight, reward);
    weights.evidence.add(weight);
  }

  /** The moments of a policy's weights; empty ones where it has none. Asking is no use of it. */
  WeightMoments moments(String policy) {
    for (Map.Entry<String, Weights> entry : policies.entrySet()) {
      if (entry.getKey().equals(policy)) {
        return entry.getValue().moments;
      }
    }
    return new WeightMoments();
  }

  void findings(List<Finding> into) {
    for (Map.Entry<String, Weights> policy : policies.entrySet()) {
      findings(policy.getKey(), policy.getValue(), family.threshold(policy.getValue().index), into);
    }
  }

  private void findings(String policy, Weights weights, double threshold, List<Finding> into) {
    double logE = weights.evidence.logE();
    WeightMoments moments = weights.moments;
    double ess = moments.effectiveSampleSize();
    double mean = moments.moments().meanX();
    Evidence evidence =
        Evidence.of("meanWeight", mean)
            .and("z", moments.weightCheck())
            .and("effectiveSampleSize", ess)
            .and("records", moments.n());
    if (logE >= threshold) {
      evidence.and("logE", logE).and("threshold", threshold);
      into.add(finding(FindingKind.MEAN_WEIGHT, Severity.CRITICAL, policy, evidence));
    } else if (supportMatters && moments.n() >= ENOUGH) {
      boolean little = ess < LEAST_EFFECTIVE || moments.largestWeightShare() > LARGEST_SHARE;
      if (little) {
        evidence.and("largestWeightShare", moments.largestWeightShare());
        into.add(finding(FindingKind.LITTLE_SUPPORT, Severity.WARNING, policy, evidence));
      } else if (mean <= LARGEST_LOW && moments.weightCheck() <= -LOW_Z) {
        evidence.and("unsupportedShare", 1 - mean);
        into.add(finding(FindingKind.UNSUPPORTED_MASS, Severity.WARNING, policy, evidence));
      }
    }
  }

  private static Finding finding(
      FindingKind kind, Severity severity, String policy, Evidence evidence) {
    return new Finding(kind, severity, "", "", policy, evidence.numbers());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(lastIndex);
    out.writeInt(policies.size());
    for (Map.Entry<String, Weights> policy : policies.entrySet()) {
      out.writeUTF(policy.getKey());
      out.writeLong(policy.getValue().index);
      policy.getValue().moments.write(out);
      policy.getValue().evidence.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    policies.clear();
    lastIndex = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      String policy = in.readUTF();
      Weights weights = new Weights(in.readLong());
      policies.put(policy, weights);
      weights.moments.read(in);
      weights.evidence.read(in);
    }
  }
}
