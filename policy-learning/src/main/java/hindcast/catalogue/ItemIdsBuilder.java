package hindcast.catalogue;

import java.util.Arrays;

/** Collects the ids of a catalogue one by one; holds no more than their bytes. */
public final class ItemIdsBuilder {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int USUAL_LENGTH = 8;

  private byte[] utf8;
  private int[] ends;
  private int bytes;
  private int count;

  /** A builder for about {@code expected} ids. */
  public ItemIdsBuilder(int expected) {
    ends = new int[Math.max(1, expected)];
    utf8 = new byte[(int) Math.min((long) USUAL_LENGTH * ends.length, LARGEST_ARRAY)];
  }

  /**
   * Adds the id of the next item.
   *
   * @throws IllegalArgumentException if it is empty or no Unicode
   */
  public void add(String id) {
    byte[] encoded = ItemIds.encode(id);
    if (encoded == null || encoded.length == 0) {
      throw new IllegalArgumentException(
          "an item id must be a text of Unicode, at least one character: '"
              + id
              + "' (item "
              + count
              + ")");
    }
    if (encoded.length > utf8.length - bytes) {
      utf8 = Arrays.copyOf(utf8, grown(utf8.length, (long) bytes + encoded.length));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, grown(count, count + 1L));
    }
    System.arraycopy(encoded, 0, utf8, bytes, encoded.length);
    bytes += encoded.length;
    ends[count++] = bytes;
  }

  /** How many were added. */
  public int size() {
    return count;
  }

  /**
   * The ids.
   *
   * @throws IllegalArgumentException if one appears twice
   */
  public ItemIds build() {
    return ItemIds.of(Arrays.copyOf(utf8, bytes), Arrays.copyOf(ends, count));
  }

  private static int grown(int length, long needed) {
    if (needed > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "the ids of a catalogue must fit into 2 GB: shorten the ids or use fewer items");
    }
    return (int) Math.min(LARGEST_ARRAY, Math.max(needed, length + (length >> 1) + 16L));
  }
}
