package hindcast.catalogue;

import hindcast.catalogue.IndexFormatException.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A partition in bytes: plain numbers in sections with a CRC-32C each, no Java serialisation.
 *
 * <pre>
 *   "HCPT" version
 *   text    identity of the catalogue it was built for
 *   longs   P, L, places, head size, clusters, 1 with vectors or 0 without
 *   ints    places of each cluster
 *   ints    catalogue items by place
 *   ints    where the items of each place begin
 *   floats  packed centroids with ln n_c and v_c / 2
 *   floats  vectors by place, packed                       when there are vectors
 * </pre>
 *
 * <p>Whoever keeps the vectors elsewhere in the order of the places writes the layout without them,
 * and hands them over on reading: then the process has one copy.
 *
 * <p>Reading checks every count, that the items are a permutation, that places and clusters fit in
 * whole blocks, and that numbers are finite: {@link IndexFormatException} names what does not hold.
 * The identity is whatever names a catalogue's content; the checksum of its file is best.
 */
public final class PartitionFormat {
  static final int MAGIC = 0x48435054;
  static final int VERSION = 1;

  private PartitionFormat() {}

  /** Writes a partition with its vectors. */
  public static void write(PartitionIndex partition, String catalogue, DataOutput out)
      throws IOException {
    write(partition, catalogue, true, out);
    new SectionWriter(out).floats(partition.items().packed());
  }

  /** Writes a partition without its vectors. */
  public static void writeLayout(PartitionIndex partition, String catalogue, DataOutput out)
      throws IOException {
    write(partition, catalogue, false, out);
  }

  private static void write(
      PartitionIndex partition, String catalogue, boolean vectors, DataOutput out)
      throws IOException {
    PartitionedItems items = partition.items();
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    SectionWriter sections = new SectionWriter(out);
    sections.text(catalogue);
    sections.longs(
        items.size(),
        items.dimension(),
        items.places(),
        partition.headSize(),
        partition.clusters().count(),
        vectors ? 1 : 0);
    sections.ints(partition.clusters().sizes());
    sections.ints(items.members().members());
    sections.ints(items.members().first());
    sections.floats(partition.clusters().packedCentroids());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param catalogue identity of the catalogue in use
   */
  public static PartitionIndex read(DataInput in, String catalogue) throws IOException {
    SectionReader sections = new SectionReader(in, "partition");
    PartitionLayout layout = PartitionLayout.read(sections, catalogue);
    if (!layout.vectors()) {
      throw sections.error(Reason.CORRUPT, "it has no vectors and none were given");
    }
    return layout.with(sections.floats(layout.packedLength(), "vectors"));
  }

  /**
   * Reads what {@link #writeLayout} wrote.
   *
   * @param catalogue identity of the catalogue in use
   * @param packed its vectors by place; taken over, not copied
   */
  public static PartitionIndex readLayout(DataInput in, String catalogue, float[] packed)
      throws IOException {
    SectionReader sections = new SectionReader(in, "partition");
    PartitionLayout layout = PartitionLayout.read(sections, catalogue);
    if (packed.length != layout.packedLength()) {
      throw sections.error(
          Reason.WRONG_CATALOGUE,
          "it lays out " + layout.packedLength() + " numbers, given are " + packed.length);
    }
    return layout.with(packed);
  }

  /** Reads what {@link #writeLayout} wrote and copies the vectors to their places. */
  public static PartitionIndex readLayout(DataInput in, String catalogue, ItemEmbeddings embeddings)
      throws IOException {
    SectionReader sections = new SectionReader(in, "partition");
    PartitionLayout layout = PartitionLayout.read(sections, catalogue);
    if (embeddings.size() != layout.size() || embeddings.dimension() != layout.dimension()) {
      throw sections.error(
          Reason.WRONG_CATALOGUE,
          "it lays out %d x %d, the catalogue has %d x %d"
              .formatted(
                  layout.size(), layout.dimension(), embeddings.size(), embeddings.dimension()));
    }
    float[] packed = new float[layout.packedLength()];
    ItemRows rows = new ItemRows(embeddings);
    PlaceMembers members = layout.members();
    for (int place = 0; place < members.places(); place++) {
      if (members.multiplicity(place) > 0) {
        int at = Packing.at(place, layout.dimension());
        rows.read(members.item(place, 0), packed, at, Packing.BLOCK);
      }
    }
    return layout.with(packed);
  }
}
