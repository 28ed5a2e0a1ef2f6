package hindcast.catalogue;

/**
 * The vectors of a catalogue in the order of a partition: one packed array in which every different
 * vector has one place. Items with the same vector share a place; places are numbered from 0, 16 to
 * a block, and a place that only fills a block up belongs to nobody: a zero vector of multiplicity
 * 0.
 *
 * <p>16 bytes an item beside the vectors. Immutable by convention: the arrays handed out are the
 * object's own and must not be written to. Safe for use by several threads.
 */
public final class PartitionedItems {
  private static final float NOBODY = -1e30f;

  private final int dimension;
  private final float[] packed;
  private final PlaceMembers members;
  private final int[] places;
  private final float[] multiplicities;
  private final float[] logMultiplicities;

  PartitionedItems(int dimension, float[] packed, PlaceMembers members) {
    this.dimension = dimension;
    this.packed = packed;
    this.members = members;
    this.places = new int[members.items()];
    this.multiplicities = new float[members.places()];
    this.logMultiplicities = new float[multiplicities.length];
    for (int place = 0; place < multiplicities.length; place++) {
      multiplicities[place] = members.multiplicity(place);
      logMultiplicities[place] =
          multiplicities[place] == 0 ? NOBODY : (float) Math.log(multiplicities[place]);
      for (int j = 0; j < members.multiplicity(place); j++) {
        places[members.item(place, j)] = place;
      }
    }
  }

  /** P, items of the catalogue. */
  public int size() {
    return places.length;
  }

  /** L. */
  public int dimension() {
    return dimension;
  }

  /** How many places there are: a multiple of 16, those that belong to nobody included. */
  public int places() {
    return multiplicities.length;
  }

  /** How many blocks of 16 places. */
  public int blocks() {
    return multiplicities.length / Packing.BLOCK;
  }

  /** The vectors: component l of a place at {@code (place / 16 · L + l) · 16 + place % 16}. */
  public float[] packed() {
    return packed;
  }

  /** How many items have the vector of a place; 0 where a place belongs to nobody. */
  public int multiplicity(int place) {
    return members.multiplicity(place);
  }

  /** {@link #multiplicity} of every place, as weights. */
  public float[] multiplicities() {
    return multiplicities;
  }

  /** ln multiplicity of every place; −10³⁰ where a place belongs to nobody. */
  public float[] logMultiplicities() {
    return logMultiplicities;
  }

  /** The smallest catalogue index at a place, or -1 where it belongs to nobody. */
  public int item(int place) {
    return members.multiplicity(place) == 0 ? -1 : members.item(place, 0);
  }

  /** The j-th catalogue index at a place, j below its multiplicity; increasing in j. */
  public int item(int place, int j) {
    return members.item(place, j);
  }

  /** How many items lie at the places before one; the items of a place are numbered from it on. */
  public int itemsBefore(int place) {
    return members.first()[place];
  }

  /** The catalogue index of number j when items are counted place by place. */
  public int itemNumber(int j) {
    return members.members()[j];
  }

  /** {@link #itemNumber} of every j; read only. */
  public int[] itemNumbers() {
    return members.members();
  }

  /** The place of a catalogue index. */
  public int place(int item) {
    return places[item];
  }

  PlaceMembers members() {
    return members;
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return 4L * packed.length + 4L * (places.length + 2 * multiplicities.length) + members.bytes();
  }
}
