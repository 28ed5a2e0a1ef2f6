package hindcast.catalogue;

/** Checks shared by the embeddings. */
final class Shapes {
  private Shapes() {}

  static void require(int size, int dimension, long length) {
    if (size < 1) {
      throw new IllegalArgumentException("a catalogue needs at least one item: " + size);
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("embedding dimension must be at least 1: " + dimension);
    }
    if ((long) size * dimension != length) {
      throw new IllegalArgumentException(
          "embeddings need size x dimension numbers: "
              + size
              + " x "
              + dimension
              + " is not "
              + length);
    }
  }

  static double requireFinite(double value, int item) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "embeddings must be finite: " + value + " (item " + item + ")");
    }
    return value;
  }
}
