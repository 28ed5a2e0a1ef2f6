package hindcast.catalogue;

import java.util.Arrays;

/** The order of items by norm. */
final class ItemNorms {
  private ItemNorms() {}

  /** Items sorted by |β_a|, rounded to single precision, the largest first; ties by index. */
  static int[] largestFirst(ItemEmbeddings embeddings, int[] items) {
    long[] keys = new long[items.length];
    ItemRows rows = new ItemRows(embeddings);
    float[] row = new float[embeddings.dimension()];
    for (int j = 0; j < items.length; j++) {
      rows.read(items[j], row, 0, 1);
      keys[j] = ((long) ~Float.floatToIntBits(norm(row)) << 32) | items[j];
    }
    Arrays.sort(keys);
    int[] sorted = new int[items.length];
    for (int j = 0; j < sorted.length; j++) {
      sorted[j] = (int) keys[j];
    }
    return sorted;
  }

  private static float norm(float[] row) {
    double square = 0;
    for (float component : row) {
      square += (double) component * component;
    }
    return (float) Math.sqrt(square);
  }
}
