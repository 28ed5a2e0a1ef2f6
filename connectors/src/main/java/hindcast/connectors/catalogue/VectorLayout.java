package hindcast.connectors.catalogue;

import java.util.Locale;

/** How the vectors of a catalogue file lie. */
enum VectorLayout {
  /** In the order of the items, in blocks of 16, dimension-major in a block. */
  PACKED(0),
  /** There are none: item a is the unit vector e_a. */
  ONE_HOT(1),
  /** In the order of a partition, every cluster beginning a block; the partition follows. */
  PARTITIONED(2);

  /** Items in a block. */
  static final int BLOCK = 16;

  private final int code;

  VectorLayout(int code) {
    this.code = code;
  }

  /** The name as people read it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int code() {
    return code;
  }

  /** Bytes of the vectors of P items of dimension L; of a partition, the least. */
  long bytes(int count, int dimension) {
    if (this == ONE_HOT) {
      if (count != dimension) {
        throw new IllegalArgumentException(
            "unit vectors of " + count + " items cannot have dimension " + dimension);
      }
      return 0;
    }
    long blocks = this == PARTITIONED ? 1 : ((long) count + BLOCK - 1) / BLOCK;
    long numbers = blocks * BLOCK * dimension;
    if (numbers > Integer.MAX_VALUE - BLOCK) {
      throw new IllegalArgumentException(
          "a catalogue holds at most 2^31 - 16 numbers: " + count + " x " + dimension);
    }
    return Float.BYTES * numbers;
  }

  static VectorLayout of(int code) {
    for (VectorLayout layout : values()) {
      if (layout.code == code) {
        return layout;
      }
    }
    throw new IllegalArgumentException("layout of vectors cannot be " + code);
  }
}
