package hindcast.catalogue;

/**
 * The packed layout: vectors in blocks of 16, dimension by dimension within a block.
 *
 * <pre>packed[(block * L + l) * 16 + j] = component l of vector 16 block + j</pre>
 */
final class Packing {
  static final int BLOCK = 16;

  private Packing() {}

  /** How many blocks hold so many vectors. */
  static int blocks(int vectors) {
    return (vectors + BLOCK - 1) / BLOCK;
  }

  /** Where component 0 of a vector is; component l is 16 l further on. */
  static int at(int vector, int dimension) {
    return vector / BLOCK * dimension * BLOCK + vector % BLOCK;
  }

  /** Length of the array for so many blocks; refuses what no array can hold. */
  static int length(int blocks, int dimension) {
    long length = (long) blocks * BLOCK * dimension;
    if (length > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "items times dimension must stay below 2^31 - 16: "
              + (long) blocks * BLOCK
              + " places x "
              + dimension);
    }
    return (int) length;
  }

  /** Packs {@code rows[i * dimension + l]}; vectors missing in the last block are zero. */
  static float[] pack(float[] rows, int n, int dimension) {
    float[] packed = new float[length(blocks(n), dimension)];
    for (int i = 0; i < n; i++) {
      int at = at(i, dimension);
      for (int l = 0; l < dimension; l++) {
        packed[at + l * BLOCK] = rows[i * dimension + l];
      }
    }
    return packed;
  }

  /** A vector in single precision. */
  static float[] single(double[] h, int dimension) {
    float[] single = new float[dimension];
    for (int l = 0; l < dimension; l++) {
      single[l] = (float) h[l];
    }
    return single;
  }
}
