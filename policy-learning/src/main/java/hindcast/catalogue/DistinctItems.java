package hindcast.catalogue;

import java.util.Arrays;

/**
 * Which items of a catalogue have the same vector. The smallest index of a group represents it;
 * items without an equal are groups of one. Zero vectors form one group, whatever the sign of their
 * zeros.
 *
 * <p>An open hash table of item indexes over a 64-bit hash of the vectors' bits, with every hit
 * compared component by component: O(P L) time, 12 bytes an item.
 */
final class DistinctItems {
  private final int[] representative;
  private final int count;

  private DistinctItems(int[] representative, int count) {
    this.representative = representative;
    this.count = count;
  }

  /** Every item its own representative: nothing is looked for. */
  static DistinctItems all(int size) {
    int[] representative = new int[size];
    Arrays.setAll(representative, a -> a);
    return new DistinctItems(representative, size);
  }

  /** Groups the items of a catalogue. */
  static DistinctItems of(ItemEmbeddings embeddings) {
    int size = embeddings.size();
    int mask = 2 * Integer.highestOneBit(Math.max(2, 2 * size - 1)) - 1;
    int[] table = new int[mask + 1];
    Arrays.fill(table, -1);
    int[] representative = new int[size];
    int count = 0;
    ItemRows rows = new ItemRows(embeddings);
    float[] row = new float[embeddings.dimension()];
    float[] other = new float[row.length];
    for (int a = 0; a < size; a++) {
      rows.read(a, row, 0, 1);
      int slot = (int) hash(row) & mask;
      while (table[slot] >= 0 && !same(rows, table[slot], row, other)) {
        slot = (slot + 1) & mask;
      }
      if (table[slot] < 0) {
        table[slot] = a;
        count++;
      }
      representative[a] = table[slot];
    }
    return new DistinctItems(representative, count);
  }

  private static boolean same(ItemRows rows, int item, float[] row, float[] scratch) {
    rows.read(item, scratch, 0, 1);
    return Arrays.equals(row, scratch);
  }

  private static long hash(float[] row) {
    long hash = row.length;
    for (float component : row) {
      hash = (hash ^ Float.floatToRawIntBits(component)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash ^ (hash >>> 32);
  }

  /** P, how many items there are. */
  int items() {
    return representative.length;
  }

  /** The item that stands for this one. */
  int representative(int item) {
    return representative[item];
  }

  /** The items that stand for themselves, increasing. */
  int[] representatives() {
    int[] items = new int[count];
    int at = 0;
    for (int a = 0; a < representative.length; a++) {
      if (representative[a] == a) {
        items[at++] = a;
      }
    }
    return items;
  }
}
