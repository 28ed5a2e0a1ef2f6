package hindcast.catalogue;

import hindcast.catalogue.IndexFormatException.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A small world graph in bytes: plain numbers in sections with a CRC-32C each, no Java
 * serialisation. The vectors stay in the catalogue, whose identity the file names.
 *
 * <pre>
 *   "HCHG" version
 *   text    identity of the catalogue it was built for
 *   longs   P, L, nodes, layers, entry node, ef
 *   ints    catalogue items by node
 *   ints    where the items of each node begin
 *   longs   links of each layer
 *   ints    for each layer: where the links of each node begin
 *   ints    for each layer: the links
 * </pre>
 *
 * <p>Reading checks every count, that the items are a permutation and that every link leads to a
 * node: {@link IndexFormatException} names what does not hold.
 */
public final class HnswFormat {
  private static final int MAGIC = 0x48434847;
  private static final int VERSION = 1;
  private static final int MOST_LAYERS = 64;

  private HnswFormat() {}

  /** Writes a graph. */
  public static void write(HnswIndex index, String catalogue, DataOutput out) throws IOException {
    HnswGraph graph = index.graph();
    PlaceMembers members = index.members();
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    SectionWriter sections = new SectionWriter(out);
    sections.text(catalogue);
    sections.longs(
        members.items(),
        index.dimension(),
        graph.nodes(),
        graph.layers(),
        graph.entry(),
        index.ef());
    sections.ints(members.members());
    sections.ints(members.first());
    long[] links = new long[graph.layers()];
    Arrays.setAll(links, layer -> graph.links(layer).length);
    sections.longs(links);
    for (int layer = 0; layer < graph.layers(); layer++) {
      sections.ints(graph.starts(layer));
      sections.ints(graph.links(layer));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param catalogue identity of the catalogue in use
   * @param embeddings its vectors, of which the index makes a copy row by row
   */
  public static HnswIndex read(DataInput in, String catalogue, ItemEmbeddings embeddings)
      throws IOException {
    SectionReader sections = new SectionReader(in, "graph");
    sections.begin(MAGIC, VERSION);
    sections.identity(catalogue);
    long[] counts = sections.longs(6, "counts");
    if (counts[0] != embeddings.size() || counts[1] != embeddings.dimension()) {
      throw sections.error(
          Reason.WRONG_CATALOGUE,
          "it connects %d x %d, the catalogue has %d x %d"
              .formatted(counts[0], counts[1], embeddings.size(), embeddings.dimension()));
    }
    if (!possible(counts)) {
      throw sections.error(Reason.CORRUPT, "its counts are impossible: " + Arrays.toString(counts));
    }
    int nodes = (int) counts[2];
    PlaceMembers members =
        new PlaceMembers(
            sections.ints(embeddings.size(), "items"), sections.ints(nodes + 1, "nodes"));
    HnswGraph graph = graph(sections, nodes, (int) counts[3], (int) counts[4]);
    if (!members.valid() || members.emptyPlace()) {
      throw sections.error(Reason.CORRUPT, "its items are not a permutation of the catalogue");
    }
    if (!graph.valid()) {
      throw sections.error(Reason.CORRUPT, "a link leads nowhere");
    }
    return new HnswIndex(
        graph, rows(members, embeddings), embeddings.dimension(), members, (int) counts[5]);
  }

  private static boolean possible(long[] counts) {
    return 1 <= counts[2]
        && counts[2] <= counts[0]
        && 1 <= counts[3]
        && counts[3] <= MOST_LAYERS
        && 0 <= counts[4]
        && counts[4] < counts[2]
        && 1 <= counts[5]
        && counts[5] <= Integer.MAX_VALUE;
  }

  private static HnswGraph graph(SectionReader sections, int nodes, int layers, int entry)
      throws IOException {
    long[] counts = sections.longs(layers, "layers");
    int[][] starts = new int[layers][];
    int[][] links = new int[layers][];
    for (int layer = 0; layer < layers; layer++) {
      if (counts[layer] < 0 || counts[layer] > Integer.MAX_VALUE - 16) {
        throw sections.error(Reason.CORRUPT, "impossible number of links: " + counts[layer]);
      }
      starts[layer] = sections.ints(nodes + 1, "starts");
      links[layer] = sections.ints((int) counts[layer], "links");
    }
    return new HnswGraph(entry, starts, links);
  }

  private static float[] rows(PlaceMembers members, ItemEmbeddings embeddings) {
    int dimension = embeddings.dimension();
    float[] rows = new float[members.places() * dimension];
    ItemRows reader = new ItemRows(embeddings);
    for (int node = 0; node < members.places(); node++) {
      reader.read(members.item(node, 0), rows, node * dimension, 1);
    }
    return rows;
  }
}
