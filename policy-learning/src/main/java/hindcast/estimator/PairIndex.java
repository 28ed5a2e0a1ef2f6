package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers pairs of longs 0, 1, 2, ... in the order in which they were first seen. Open addressing
 * in flat arrays; looking up a known pair allocates nothing.
 */
final class PairIndex {
  private long[] first = new long[8];
  private long[] second = new long[8];
  private int[] slots = new int[16];
  private int size;

  int size() {
    return size;
  }

  long first(int number) {
    return first[number];
  }

  long second(int number) {
    return second[number];
  }

  /** The number of a pair, a new one if need be. */
  int of(long a, long b) {
    int slot = slot(a, b);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == first.length) {
      grow();
      slot = slot(a, b);
    }
    first[size] = a;
    second[size] = b;
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    first = Arrays.copyOf(first, 2 * size);
    second = Arrays.copyOf(second, 2 * size);
    slots = new int[4 * size];
    for (int number = 0; number < size; number++) {
      slots[slot(first[number], second[number])] = number + 1;
    }
  }

  private int slot(long a, long b) {
    int mask = slots.length - 1;
    long hash = (a * 0x9E3779B97F4A7C15L ^ b) * 0xD1B54A32D192ED03L;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && !holds(slots[slot] - 1, a, b)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean holds(int number, long a, long b) {
    return first[number] == a && second[number] == b;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int number = 0; number < size; number++) {
      out.writeLong(first[number]);
      out.writeLong(second[number]);
    }
  }

  void read(DataInput in) throws IOException {
    first = new long[8];
    second = new long[8];
    slots = new int[16];
    size = 0;
    for (int k = in.readInt(); k > 0; k--) {
      of(in.readLong(), in.readLong());
    }
  }
}
