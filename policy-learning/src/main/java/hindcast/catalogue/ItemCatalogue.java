package hindcast.catalogue;

import java.util.List;
import java.util.Objects;

/**
 * The items that can be recommended: their ids, in a fixed order, and their vectors. An item's
 * index is its place in that order; ids are what travels between systems, indexes never leave a
 * process.
 *
 * <p>Two versions of a catalogue with the same {@code embeddingSpace} have comparable vectors: a
 * policy learned on one goes on with the other.
 */
public final class ItemCatalogue {
  private final String version;
  private final String embeddingSpace;
  private final ItemIds ids;
  private final ItemEmbeddings embeddings;

  /**
   * A catalogue.
   *
   * @param version name of this edition
   * @param embeddingSpace name of the space the vectors live in
   * @param ids one id per item, all different, in index order
   * @param embeddings one vector per item
   */
  public ItemCatalogue(
      String version, String embeddingSpace, ItemIds ids, ItemEmbeddings embeddings) {
    this.version = Objects.requireNonNull(version, "a catalogue needs a version");
    this.embeddingSpace =
        Objects.requireNonNull(embeddingSpace, "a catalogue needs an embedding space");
    this.ids = ids;
    this.embeddings = embeddings;
    if (ids.size() != embeddings.size()) {
      throw new IllegalArgumentException(
          "a catalogue needs one vector per id: "
              + ids.size()
              + " ids, "
              + embeddings.size()
              + " vectors");
    }
  }

  /** A catalogue whose ids are strings. */
  public ItemCatalogue(
      String version, String embeddingSpace, String[] ids, ItemEmbeddings embeddings) {
    this(version, embeddingSpace, ItemIds.of(ids), embeddings);
  }

  /** Items without features: item a is the unit vector e_a, and L = P. */
  public static ItemCatalogue oneHot(String version, String[] ids) {
    return new ItemCatalogue(version, "one-hot", ids, new OneHotEmbeddings(ids.length));
  }

  /** The name of this edition. */
  public String version() {
    return version;
  }

  /** The name of the space the vectors live in. */
  public String embeddingSpace() {
    return embeddingSpace;
  }

  /** P. */
  public int size() {
    return ids.size();
  }

  /** L. */
  public int dimension() {
    return embeddings.dimension();
  }

  /** The item's index, or -1 for an unknown id. */
  public int indexOf(String id) {
    return ids.indexOf(id);
  }

  /** The id of an index in [0, P). */
  public String idOf(int index) {
    return ids.idOf(index);
  }

  /** The ids. */
  public ItemIds ids() {
    return ids;
  }

  /** The vectors. */
  public ItemEmbeddings embeddings() {
    return embeddings;
  }

  /**
   * Indexes of a list of ids, increasing and without repeats; ids this catalogue does not know are
   * left out, so a shorter result than the list says that there were some (or repeats).
   *
   * @return null for null: the whole catalogue
   */
  public int[] indexesOf(List<String> itemIds) {
    if (itemIds == null) {
      return null;
    }
    return itemIds.stream()
        .mapToInt(this::indexOf)
        .filter(a -> a >= 0)
        .sorted()
        .distinct()
        .toArray();
  }

  @Override
  public String toString() {
    return "ItemCatalogue[" + version + ", " + size() + " x " + dimension() + "]";
  }
}
