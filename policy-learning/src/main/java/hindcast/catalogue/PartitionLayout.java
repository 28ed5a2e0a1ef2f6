package hindcast.catalogue;

import hindcast.catalogue.IndexFormatException.Reason;
import java.io.IOException;
import java.util.Arrays;

/** What {@link PartitionFormat} stores beside the vectors, read and checked. */
record PartitionLayout(
    int dimension,
    int headSize,
    int[] sizes,
    PlaceMembers members,
    float[] centroids,
    boolean vectors) {

  static PartitionLayout read(SectionReader sections, String catalogue) throws IOException {
    sections.begin(PartitionFormat.MAGIC, PartitionFormat.VERSION);
    sections.identity(catalogue);
    long[] counts = sections.longs(6, "counts");
    if (!possible(counts)) {
      throw sections.error(Reason.CORRUPT, "its counts are impossible: " + Arrays.toString(counts));
    }
    int dimension = (int) counts[1];
    int clusters = (int) counts[4];
    int[] sizes = sections.ints(clusters, "cluster sizes");
    PlaceMembers members =
        new PlaceMembers(
            sections.ints((int) counts[0], "items"), sections.ints((int) counts[2] + 1, "places"));
    int centroids = Packing.length(Packing.blocks(clusters), dimension + 2);
    PartitionLayout layout =
        new PartitionLayout(
            dimension,
            (int) counts[3],
            sizes,
            members,
            sections.floats(centroids, "centroids"),
            counts[5] == 1);
    layout.requireValid(sections);
    return layout;
  }

  private static boolean possible(long[] counts) {
    long items = counts[0];
    long dimension = counts[1];
    long places = counts[2];
    return between(1, items, Integer.MAX_VALUE)
        && between(1, dimension, Integer.MAX_VALUE)
        && between(1, places, Integer.MAX_VALUE - 16)
        && places % Packing.BLOCK == 0
        && places * dimension <= Integer.MAX_VALUE - 16
        && between(0, counts[4], places / Packing.BLOCK)
        && (counts[4] / Packing.BLOCK + 1) * Packing.BLOCK * (dimension + 2)
            <= Integer.MAX_VALUE - 16
        && places < items + (counts[4] + 1) * Packing.BLOCK
        && between(0, counts[3], places)
        && between(0, counts[5], 1);
  }

  private static boolean between(long low, long value, long high) {
    return low <= value && value <= high;
  }

  /** P. */
  int size() {
    return members.items();
  }

  /** How many numbers the vectors by place are. */
  int packedLength() {
    return members.places() * dimension;
  }

  PartitionIndex with(float[] packed) {
    PartitionedItems items = new PartitionedItems(dimension, packed, members);
    return new PartitionIndex(
        items, headSize, ItemClusters.restored(items, firstBlocks(), sizes, centroids));
  }

  private int[] firstBlocks() {
    int[] first = new int[sizes.length + 1];
    first[0] = Packing.blocks(headSize);
    for (int c = 0; c < sizes.length; c++) {
      first[c + 1] = first[c] + Packing.blocks(sizes[c]);
    }
    return first;
  }

  private void requireValid(SectionReader sections) throws IndexFormatException {
    if (!members.valid()) {
      throw sections.error(Reason.CORRUPT, "its items are not a permutation of the catalogue");
    }
    if (!placesFit()) {
      throw sections.error(Reason.CORRUPT, "its places do not fit head and clusters");
    }
  }

  private boolean placesFit() {
    long blocks = Packing.blocks(headSize);
    for (int size : sizes) {
      blocks += size < 1 ? members.places() : Packing.blocks(size);
    }
    if (blocks * Packing.BLOCK != members.places()) {
      return false;
    }
    int[] first = firstBlocks();
    boolean fits = filled(0, headSize, first[0]);
    for (int c = 0; c < sizes.length; c++) {
      fits &= filled(first[c] * Packing.BLOCK, sizes[c], first[c + 1]);
    }
    return fits;
  }

  /** Whether so many places from one on have items, and none up to the next block. */
  private boolean filled(int from, int count, int nextBlock) {
    boolean filled = true;
    for (int place = from; place < nextBlock * Packing.BLOCK; place++) {
      filled &= place < from + count == members.multiplicity(place) > 0;
    }
    return filled;
  }
}
