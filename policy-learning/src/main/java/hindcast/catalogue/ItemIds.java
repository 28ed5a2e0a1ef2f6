package hindcast.catalogue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The ids of P items, all different, in index order, and the way back from an id to its index.
 *
 * <p>The ids lie as UTF-8 one after another in one array, id a in {@code [ends[a-1], ends[a])}. The
 * way back is an open-addressing table of 2P to 4P indexes with linear probing. So an item costs
 * its id's bytes and 12 to 20 more, instead of three objects. An id is any text of Unicode, at
 * least one character long.
 *
 * <p>Errors: {@link IllegalArgumentException} for an empty id, an id that is no Unicode (half of a
 * surrogate pair), {@link DuplicateIdException} for an id that appears twice. Immutable, safe for
 * use by several threads.
 */
public final class ItemIds {
  private static final int LARGEST_TABLE = 1 << 30;

  private final byte[] utf8;
  private final int[] ends;
  private final int[] table;

  private ItemIds(byte[] utf8, int[] ends) {
    this.utf8 = utf8;
    this.ends = ends;
    this.table = new int[tableSize(ends.length)];
    Arrays.fill(table, -1);
    for (int item = 0; item < ends.length; item++) {
      insert(item);
    }
  }

  /**
   * Ids that are UTF-8 already.
   *
   * @param utf8 all ids one after another; not copied
   * @param ends where each id ends, P numbers that increase up to {@code utf8.length}; not copied
   */
  public static ItemIds of(byte[] utf8, int[] ends) {
    requireEnds(utf8, ends);
    requireUnicode(utf8, ends);
    return new ItemIds(utf8, ends);
  }

  /** Ids from strings. */
  public static ItemIds of(String[] ids) {
    ItemIdsBuilder builder = new ItemIdsBuilder(ids.length);
    for (String id : ids) {
      builder.add(Objects.requireNonNull(id, "item ids must be given"));
    }
    return builder.build();
  }

  /** P. */
  public int size() {
    return ends.length;
  }

  /** The item's index, or -1 for an unknown id. */
  public int indexOf(String id) {
    byte[] wanted = encode(id);
    if (wanted == null) {
      return -1;
    }
    return indexOf(wanted, 0, wanted.length);
  }

  private int indexOf(byte[] wanted, int from, int to) {
    int slot = slot(wanted, from, to);
    for (int item = table[slot]; item >= 0; item = table[slot]) {
      if (Arrays.equals(utf8, start(item), ends[item], wanted, from, to)) {
        return item;
      }
      slot = next(slot);
    }
    return -1;
  }

  /** Indexes of the ids that {@code others} does not have, increasing. */
  public int[] notIn(ItemIds others) {
    int[] there = indexesIn(others);
    int[] missing = new int[size()];
    int count = 0;
    for (int item = 0; item < size(); item++) {
      if (there[item] < 0) {
        missing[count++] = item;
      }
    }
    return Arrays.copyOf(missing, count);
  }

  /** The index of each id in {@code others}, or -1. */
  public int[] indexesIn(ItemIds others) {
    int[] indexes = new int[size()];
    for (int item = 0; item < size(); item++) {
      indexes[item] = others.indexOf(utf8, start(item), ends[item]);
    }
    return indexes;
  }

  /** The id of an index in [0, P); a new string. */
  public String idOf(int item) {
    return new String(utf8, start(item), ends[item] - start(item), StandardCharsets.UTF_8);
  }

  /** All ids one after another; not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  /** Where each id ends in {@link #utf8}; not to be changed. */
  public int[] ends() {
    return ends;
  }

  /** UTF-8 of an id, or null for a string that is no Unicode. */
  static byte[] encode(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.isSurrogate(id.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(id)
            ? id.getBytes(StandardCharsets.UTF_8)
            : null;
      }
    }
    return id.getBytes(StandardCharsets.UTF_8);
  }

  private void insert(int item) {
    int slot = slot(utf8, start(item), ends[item]);
    for (int other = table[slot]; other >= 0; other = table[slot]) {
      if (Arrays.equals(utf8, start(other), ends[other], utf8, start(item), ends[item])) {
        throw new DuplicateIdException(idOf(item), other, item);
      }
      slot = next(slot);
    }
    table[slot] = item;
  }

  private int start(int item) {
    return item == 0 ? 0 : ends[item - 1];
  }

  private int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (table.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  private static int tableSize(int count) {
    return count >= LARGEST_TABLE / 2 ? LARGEST_TABLE : Integer.highestOneBit(count) * 4;
  }

  private static void requireEnds(byte[] utf8, int[] ends) {
    if (ends.length == 0) {
      throw new IllegalArgumentException("a catalogue needs at least one item: 0");
    }
    int start = 0;
    for (int item = 0; item < ends.length; item++) {
      if (ends[item] <= start || ends[item] > utf8.length) {
        throw new IllegalArgumentException("an item id must not be empty (item " + item + ")");
      }
      start = ends[item];
    }
    if (start != utf8.length) {
      throw new IllegalArgumentException(
          "item ids must fill their bytes: " + start + " of " + utf8.length);
    }
  }

  private static void requireUnicode(byte[] utf8, int[] ends) {
    int ascii = 0;
    while (ascii < utf8.length && utf8[ascii] >= 0) {
      ascii++;
    }
    if (ascii == utf8.length) {
      return;
    }
    int start = 0;
    for (int end : ends) {
      if ((utf8[start] & 0xC0) == 0x80) {
        throw new IllegalArgumentException("item ids must be UTF-8: one begins inside a character");
      }
      start = end;
    }
    decodeAll(utf8);
  }

  private static void decodeAll(byte[] utf8) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(1 << 13);
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      text.clear();
      result = decoder.decode(bytes, text, true);
    }
    try {
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("item ids must be UTF-8: " + e.getMessage(), e);
    }
  }
}
