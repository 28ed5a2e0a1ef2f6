package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemIds;
import hindcast.catalogue.ItemIdsBuilder;
import hindcast.catalogue.PackedEmbeddings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Items while they are read from a file: their ids, and their vectors in packed order. */
public final class PackedItems {
  private static final int BLOCK = VectorLayout.BLOCK;

  private final int dimension;
  private final ItemIdsBuilder idsSoFar;
  private float[] packed;
  private ItemIds ids;

  private PackedItems(int count, int dimension) {
    this.dimension = dimension;
    this.idsSoFar = new ItemIdsBuilder(count);
    this.packed = new float[PackedEmbeddings.packedLength(count, dimension)];
  }

  /**
   * Room for items.
   *
   * @throws IOException if a file cannot have so many, or memory cannot
   */
  static PackedItems of(Path file, int count, int dimension) throws IOException {
    if (count < 1 || dimension < 1) {
      throw new IOException(
          "%s: must have items with vectors: %d x %d".formatted(file, count, dimension));
    }
    try {
      return new PackedItems(count, dimension);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          "%s: %d x %d must fit into the heap: set HINDCAST_JAVA_OPTS=-Xmx..."
              .formatted(file, count, dimension),
          e);
    }
  }

  /** Names the next item. */
  public void add(String id) {
    idsSoFar.add(id);
  }

  /** Sets component l of an item. */
  public void set(int item, int l, float value) {
    packed[(item / BLOCK * dimension + l) * BLOCK + item % BLOCK] = value;
  }

  /** Ends reading. */
  PackedItems complete() {
    ids = idsSoFar.build();
    int length = PackedEmbeddings.packedLength(ids.size(), dimension);
    packed = length == packed.length ? packed : Arrays.copyOf(packed, length);
    return this;
  }

  /** The ids. */
  public ItemIds ids() {
    return ids;
  }

  /** The vectors. */
  public PackedEmbeddings embeddings() {
    return PackedEmbeddings.ofPacked(packed, ids.size(), dimension);
  }
}
