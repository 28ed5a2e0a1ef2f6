package hindcast.catalogue;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import hindcast.numeric.MinibatchKernels;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds an {@link hindcast.catalogue.HnswIndex} with hnswlib, whose items are numbers of rows and
 * whose distance is −u · v by the vector kernels, and takes the links out of it.
 *
 * <p>Nodes are inserted from the largest norm down, so that the entry point is the item of largest
 * norm. On one layer (the default) the same vectors give the same graph on one thread; on several
 * threads the order of insertion varies. The library draws the layers of {@link #layered} graphs
 * from an unseeded source.
 */
public final class HnswBuilder extends IndexBuilder<HnswBuilder> {
  private static final int REPORT_EVERY = 1024;
  private int links = 16;
  private int efConstruction = 100;
  private int ef = 256;
  private boolean layered;

  /** An item as the library wants it: its vector is the number of a row. */
  private record Node(Integer id, Integer vector, int dimensions)
      implements Item<Integer, Integer> {
    private static final long serialVersionUID = 1;
  }

  /** −u · v of two rows. */
  private record NegativeInnerProduct(float[] rows, int dimension)
      implements DistanceFunction<Integer, Float> {
    private static final long serialVersionUID = 1;
    private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();

    @Override
    public Float distance(Integer u, Integer v) {
      return -KERNELS.dot(rows, u * dimension, rows, v * dimension, dimension);
    }
  }

  HnswBuilder(ItemEmbeddings embeddings) {
    super(embeddings);
  }

  @Override
  HnswBuilder self() {
    return this;
  }

  /** M, links of a node in the upper layers, half of those in layer 0; at least 2. */
  public HnswBuilder links(int count) {
    links = atLeast(2, count, "links");
    return this;
  }

  /** Candidates kept while building; at least 1. */
  public HnswBuilder efConstruction(int candidates) {
    efConstruction = atLeast(1, candidates, "candidates while building");
    return this;
  }

  /** Candidates kept while searching by a query that does not say; at least 1. */
  public HnswBuilder ef(int candidates) {
    ef = atLeast(1, candidates, "candidates while searching");
    return this;
  }

  /** Whether nodes are drawn into upper layers. */
  public HnswBuilder layered(boolean several) {
    layered = several;
    return this;
  }

  /** Builds the index. */
  public hindcast.catalogue.HnswIndex build() {
    int dimension = embeddings.dimension();
    DistinctItems distinct = DistinctItems.of(embeddings);
    int[] items = ItemNorms.largestFirst(embeddings, distinct.representatives());
    float[] rows = rows(items, dimension);
    HnswIndex<Integer, Integer, Node, Float> library =
        HnswIndex.<Integer, Float>newBuilder(
                dimension, new NegativeInnerProduct(rows, dimension), items.length)
            .withM(links)
            .withEfConstruction(efConstruction)
            .withEf(ef)
            .build();
    if (!layered) {
      HnswLibrary.useOneLayer(library);
    }
    insert(library, items.length, dimension);
    HnswGraph graph = HnswLibrary.links(library, items.length, node -> ((Node) node).id());
    return new hindcast.catalogue.HnswIndex(
        graph, rows, dimension, PlaceMembers.of(distinct, items), ef);
  }

  private float[] rows(int[] items, int dimension) {
    float[] rows = new float[Packing.length(Packing.blocks(items.length), dimension)];
    ItemRows reader = new ItemRows(embeddings);
    for (int node = 0; node < items.length; node++) {
      reader.read(items[node], rows, node * dimension, 1);
    }
    return rows;
  }

  /** The first node alone, the others by whichever thread is free. */
  private void insert(HnswIndex<Integer, Integer, Node, Float> library, int nodes, int dimension) {
    AtomicInteger inserted = new AtomicInteger(1);
    library.add(new Node(0, 0, dimension));
    Thread caller = Thread.currentThread();
    ParallelTasks.run(
        threads,
        nodes - 1,
        task -> {
          library.add(new Node(task + 1, task + 1, dimension));
          int done = inserted.incrementAndGet();
          if (done % REPORT_EVERY == 0 && Thread.currentThread() == caller) {
            progress.report("graph", done, nodes);
          }
        });
    progress.report("graph", nodes, nodes);
  }
}
