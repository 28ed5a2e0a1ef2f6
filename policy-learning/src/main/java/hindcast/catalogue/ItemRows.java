package hindcast.catalogue;

/** Item vectors one by one, in single precision, from any embeddings. Not safe for two threads. */
final class ItemRows {
  private final ItemEmbeddings embeddings;
  private final double[] scratch;

  ItemRows(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
    this.scratch = new double[embeddings.dimension()];
  }

  /** {@code out[at + l * stride] = β_item[l]}; negative zeros become zeros. */
  void read(int item, float[] out, int at, int stride) {
    java.util.Arrays.fill(scratch, 0);
    embeddings.addScaled(item, 1, scratch);
    for (int l = 0; l < scratch.length; l++) {
      out[at + l * stride] = (float) scratch[l] + 0f;
    }
  }
}
