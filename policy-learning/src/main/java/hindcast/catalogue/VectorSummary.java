package hindcast.catalogue;

import java.util.Arrays;

/**
 * What one looks at before one trusts the vectors of a catalogue.
 *
 * @param zero items whose vector is zero
 * @param repeated items whose vector an item before them has already, zero vectors among them; told
 *     by a hash of 64 bits
 * @param norms smallest norm |β|, the quantiles .1, .5, .9 and .99, and the largest
 */
public record VectorSummary(int zero, int repeated, double[] norms) {
  private static final double[] QUANTILES = {0, .1, .5, .9, .99, 1};

  /** The summary of a catalogue's vectors: O(P L), and 16 bytes an item while it is made. */
  public static VectorSummary of(ItemEmbeddings embeddings) {
    int size = embeddings.size();
    double[] norms = new double[size];
    long[] hashes = new long[size];
    double[] vector = new double[embeddings.dimension()];
    int zero = 0;
    for (int item = 0; item < size; item++) {
      Arrays.fill(vector, 0);
      embeddings.addScaled(item, 1, vector);
      double square = 0;
      long hash = 0;
      for (double value : vector) {
        square += value * value;
        hash = mixed(hash ^ Double.doubleToRawLongBits(value + 0.0));
      }
      norms[item] = Math.sqrt(square);
      hashes[item] = hash;
      zero += square == 0 ? 1 : 0;
    }
    return new VectorSummary(zero, size - distinct(hashes), quantiles(norms));
  }

  private static int distinct(long[] hashes) {
    Arrays.sort(hashes);
    int distinct = 1;
    for (int i = 1; i < hashes.length; i++) {
      distinct += hashes[i] != hashes[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  private static double[] quantiles(double[] values) {
    Arrays.sort(values);
    return Arrays.stream(QUANTILES)
        .map(q -> values[(int) Math.round(q * (values.length - 1))])
        .toArray();
  }

  /** The finaliser of splitmix64. */
  private static long mixed(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
