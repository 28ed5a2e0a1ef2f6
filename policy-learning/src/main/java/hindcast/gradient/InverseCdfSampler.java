package hindcast.gradient;

import hindcast.policy.SoftmaxDistribution;
import java.util.Arrays;

/**
 * Draws items from a softmax by the inverse of its distribution function: the first item whose
 * cumulative probability exceeds u. O(P) to make, O(log P) a draw.
 */
public final class InverseCdfSampler {
  private final SoftmaxDistribution softmax;
  private final double[] cumulative;

  /** A sampler of the distribution as it is now. */
  public InverseCdfSampler(SoftmaxDistribution softmax) {
    this.softmax = softmax;
    this.cumulative = new double[softmax.count()];
    double sum = 0;
    for (int j = 0; j < cumulative.length; j++) {
      sum += softmax.weights()[j] / softmax.weightSum();
      cumulative[j] = sum;
    }
  }

  /** The item of a uniform number in (0, 1). */
  public int draw(double uniform) {
    int slot = Arrays.binarySearch(cumulative, uniform);
    int next = slot < 0 ? -slot - 1 : firstAbove(slot);
    return softmax.item(Math.min(next, cumulative.length - 1));
  }

  private int firstAbove(int slot) {
    int next = slot;
    while (next < cumulative.length && cumulative[next] <= cumulative[slot]) {
      next++;
    }
    return next;
  }
}
