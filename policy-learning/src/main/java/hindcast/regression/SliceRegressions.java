package hindcast.regression;

import hindcast.interval.BettingMixture;
import hindcast.interval.FalseDiscovery;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which segments is the deployed policy worse than the champion: one {@link BettingMixture} on
 * {@link DeployedRegression#observation} for each segment, and e-BH over the segments that have at
 * least a floor of events.
 *
 * <p>At any time one looks, the expected share of false ones among the segments named is at most q,
 * however the segments depend on each other. The floor depends on the numbers of events alone, not
 * on rewards. A segment named now may not be named later, when evidence falls or more segments pass
 * the floor.
 *
 * <p>At most {@code capacity} segments are tested; events of further ones are counted and not
 * tested. Order matters; states do not merge.
 */
public final class SliceRegressions {
  /**
   * How segments are tested.
   *
   * @param toleratedDrop drop that is accepted, of rewards in [0, 1], in [0, 1)
   * @param falseDiscoveryRate q, in (0, 1)
   * @param minimumEvents floor of the sample size, at least 1
   * @param capacity most segments, at least 1
   */
  public record Rule(
      double toleratedDrop, double falseDiscoveryRate, long minimumEvents, int capacity) {
    public Rule {
      if (!(toleratedDrop >= 0 && toleratedDrop < 1)) {
        throw new IllegalArgumentException("tolerated drop must be in [0, 1): " + toleratedDrop);
      }
      if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
        throw new IllegalArgumentException(
            "false discovery rate must be in (0, 1): " + falseDiscoveryRate);
      }
      if (minimumEvents < 1 || capacity < 1) {
        throw new IllegalArgumentException(
            "floor and capacity must be at least 1: " + minimumEvents + ", " + capacity);
      }
    }
  }

  /**
   * A segment in which the deployed policy is worse.
   *
   * @param segment its name
   * @param n its events
   * @param logEvidence ln E
   * @param threshold what the evidence of the least of those named had to reach
   */
  public record Found(String segment, long n, double logEvidence, double threshold) {}

  private final Rule rule;
  private final TreeMap<String, BettingMixture> tests = new TreeMap<>();
  private long notTested;

  /** No segments. */
  public SliceRegressions(Rule rule) {
    this.rule = rule;
  }

  private BettingMixture test() {
    return new BettingMixture((1 + rule.toleratedDrop()) / 2, rule.falseDiscoveryRate());
  }

  /** Adds one event of the deployed policy with the champion's weight. */
  public void add(String segment, double championWeight, double reward) {
    BettingMixture test = tests.get(segment);
    if (test == null) {
      if (tests.size() >= rule.capacity()) {
        notTested++;
        return;
      }
      test = test();
      tests.put(segment, test);
    }
    test.add(DeployedRegression.observation(championWeight, reward));
  }

  /** The segments in which the deployed policy is worse, by name. */
  public List<Found> found() {
    List<Map.Entry<String, BettingMixture>> large =
        tests.entrySet().stream()
            .filter(entry -> entry.getValue().n() >= rule.minimumEvents())
            .toList();
    double[] logE = large.stream().mapToDouble(entry -> entry.getValue().logE()).toArray();
    boolean[] rejected = FalseDiscovery.eBenjaminiHochberg(logE, rule.falseDiscoveryRate());
    int count = 0;
    for (boolean one : rejected) {
      count += one ? 1 : 0;
    }
    List<Found> found = new ArrayList<>();
    for (int k = 0; k < logE.length; k++) {
      if (rejected[k]) {
        String segment = large.get(k).getKey();
        double threshold = Math.log(logE.length / (rule.falseDiscoveryRate() * count));
        found.add(new Found(segment, large.get(k).getValue().n(), logE[k], threshold));
      }
    }
    return found;
  }

  /** Events of segments beyond the capacity. */
  public long notTested() {
    return notTested;
  }

  /** Writes the complete state; the rule is not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(notTested);
    out.writeInt(tests.size());
    for (Map.Entry<String, BettingMixture> entry : tests.entrySet()) {
      out.writeUTF(entry.getKey());
      entry.getValue().write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    tests.clear();
    notTested = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      BettingMixture test = test();
      tests.put(in.readUTF(), test);
      test.read(in);
    }
  }
}
