package hindcast.gradient;

import hindcast.numeric.CounterBasedRandom;
import java.util.PriorityQueue;

/**
 * Draws items from a softmax without computing Z: argmax_a f_a + G_a with G = −log(−log u) (Gumbel
 * 1954). The maximum is associative, so parts of a catalogue can be reduced in any order; the
 * largest k are k draws without replacement, in Plackett-Luce order (not independent draws).
 *
 * <p>Uniform numbers are clamped to [2⁻⁵³, 1 − 2⁻⁵³]. Ties go to the smallest index.
 */
public final class GumbelSampler {
  private static final double SMALLEST = 0x1.0p-53;

  private GumbelSampler() {}

  /** The noise of a uniform number. */
  public static double noise(double uniform) {
    double u = Math.min(Math.max(uniform, SMALLEST), 1 - SMALLEST);
    return -Math.log(-Math.log(u));
  }

  /** One draw. */
  public static int draw(double[] scores, double[] uniforms, int count) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < count; a++) {
      double value = scores[a] + noise(uniforms[a]);
      if (value > largest) {
        largest = value;
        best = a;
      }
    }
    return best;
  }

  /**
   * One draw with the numbers of a key, one for each (draw, item id): re-sharding changes nothing.
   */
  public static int draw(double[] scores, String[] itemIds, long key, long draw) {
    double[] uniforms = new double[itemIds.length];
    for (int a = 0; a < itemIds.length; a++) {
      uniforms[a] = CounterBasedRandom.uniform(CounterBasedRandom.itemKey(key, itemIds[a]), draw);
    }
    return draw(scores, uniforms, itemIds.length);
  }

  /** The k largest, largest first. */
  public static int[] top(double[] scores, double[] uniforms, int count, int k) {
    record Candidate(int item, double value) {}
    PriorityQueue<Candidate> kept =
        new PriorityQueue<>(
            (a, b) ->
                a.value != b.value
                    ? Double.compare(a.value, b.value)
                    : Integer.compare(b.item, a.item));
    for (int a = 0; a < count; a++) {
      kept.add(new Candidate(a, scores[a] + noise(uniforms[a])));
      if (kept.size() > k) {
        kept.remove();
      }
    }
    int[] top = new int[kept.size()];
    for (int j = top.length - 1; j >= 0; j--) {
      top[j] = kept.remove().item();
    }
    return top;
  }
}
