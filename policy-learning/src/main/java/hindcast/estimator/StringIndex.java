package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers strings 0, 1, 2, ... in the order in which they were first seen. Open addressing; looking
 * up a known string allocates nothing.
 */
final class StringIndex {
  private String[] strings = new String[8];
  private int[] slots = new int[16];
  private int size;

  int size() {
    return size;
  }

  String get(int number) {
    return strings[number];
  }

  /** The number of a string, a new one if need be. */
  int of(String string) {
    int slot = slot(string);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == strings.length) {
      strings = Arrays.copyOf(strings, 2 * size);
      slots = new int[4 * size];
      for (int number = 0; number < size; number++) {
        slots[slot(strings[number])] = number + 1;
      }
      slot = slot(string);
    }
    strings[size] = string;
    slots[slot] = ++size;
    return size - 1;
  }

  private int slot(String string) {
    int mask = slots.length - 1;
    int slot = ((string.hashCode() * 0x9E3779B9) >>> 7) & mask;
    while (slots[slot] != 0 && !strings[slots[slot] - 1].equals(string)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int number = 0; number < size; number++) {
      out.writeUTF(strings[number]);
    }
  }

  void read(DataInput in) throws IOException {
    strings = new String[8];
    slots = new int[16];
    size = 0;
    for (int k = in.readInt(); k > 0; k--) {
      of(in.readUTF());
    }
  }
}
