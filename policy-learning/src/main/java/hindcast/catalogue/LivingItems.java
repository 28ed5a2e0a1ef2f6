package hindcast.catalogue;

/**
 * The items of a {@link LiveIndex} that have no tombstone, as embeddings of their own.
 *
 * @param ids their ids, increasing
 * @param embeddings their vectors in that order
 */
record LivingItems(int[] ids, ItemEmbeddings embeddings) {

  /** The living items of a state; at least one. An item removed meanwhile may be among them. */
  static LivingItems of(LiveState state) {
    int[] slots = new int[state.slots()];
    int count = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (!state.removed(slot)) {
        slots[count++] = slot;
      }
    }
    int dimension = state.baseVectors.dimension();
    float[] packed = new float[PackedEmbeddings.packedLength(count, dimension)];
    float[] vector = new float[dimension];
    ItemRows rows = new ItemRows(state.baseVectors);
    int[] ids = new int[count];
    for (int a = 0; a < count; a++) {
      ids[a] = state.ids[slots[a]];
      state.copyVector(slots[a], rows, vector, 0);
      for (int l = 0; l < dimension; l++) {
        packed[Packing.at(a, dimension) + l * Packing.BLOCK] = vector[l];
      }
    }
    return new LivingItems(ids, PackedEmbeddings.ofPacked(packed, count, dimension));
  }
}
