package hindcast.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a policy is worth in a {@link SyntheticWorld}, exactly: V(π) = E_x Σ_a π(a|x) E[r|x,a].
 *
 * @param value over all contexts, in [0, 1]
 * @param bySegment over the contexts of each segment
 */
public record TrueValue(double value, Map<String, Double> bySegment) {

  public TrueValue {
    bySegment = Map.copyOf(bySegment);
  }

  /** From the expected reward of each context. */
  static TrueValue of(SyntheticWorld world, double[] expectedRewards) {
    Map<String, double[]> sums = new TreeMap<>();
    double total = 0;
    for (int m = 0; m < expectedRewards.length; m++) {
      double[] sum = sums.computeIfAbsent(world.segment(m), segment -> new double[2]);
      sum[0] += expectedRewards[m];
      sum[1]++;
      total += expectedRewards[m];
    }
    Map<String, Double> bySegment = new TreeMap<>();
    sums.forEach((segment, sum) -> bySegment.put(segment, sum[0] / sum[1]));
    return new TrueValue(total / expectedRewards.length, bySegment);
  }
}
