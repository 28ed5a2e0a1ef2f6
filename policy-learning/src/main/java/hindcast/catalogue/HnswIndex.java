package hindcast.catalogue;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Approximate search for the largest inner products in a navigable small world graph (Malkov and
 * Yashunin 2018), built once over the vectors by hnswlib.
 *
 * <p>The distance is −h · β itself; items are inserted from the largest norm down, so that the
 * entry point is the item of largest norm. The graph has one layer: the library draws the layer of
 * an item from an unseeded source, and two builds over the same vectors would not find the same
 * items. With one layer the same vectors always give the same graph and the same answers.
 *
 * <p>Recall depends on how much the norms vary and on {@code ef}; an item that is missed costs
 * variance, never correctness (see {@code hindcast.gradient.MixtureProposal}). Safe for use by
 * several threads.
 */
public final class HnswIndex implements MaximumInnerProductIndex {
  private final com.github.jelmerk.hnswlib.core.hnsw.HnswIndex<Integer, float[], Vector, Float>
      graph;

  /** An item as the library wants it. */
  private record Vector(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  /** −h · β. */
  private record NegativeInnerProduct() implements DistanceFunction<float[], Float> {
    private static final long serialVersionUID = 1;

    @Override
    public Float distance(float[] u, float[] v) {
      float even = 0;
      float odd = 0;
      int l = 0;
      for (; l + 2 <= u.length; l += 2) {
        even += u[l] * v[l];
        odd += u[l + 1] * v[l + 1];
      }
      if (l < u.length) {
        even += u[l] * v[l];
      }
      return -(even + odd);
    }
  }

  /** An index with 16 links an item, 100 candidates at building and 256 at searching. */
  public HnswIndex(ItemEmbeddings embeddings) {
    this(embeddings, 16, 100, 256);
  }

  /**
   * Builds the graph.
   *
   * @param embeddings the items
   * @param links M, links an item
   * @param efConstruction candidates kept while building
   * @param ef candidates kept while searching; at least the largest k asked for
   */
  public HnswIndex(ItemEmbeddings embeddings, int links, int efConstruction, int ef) {
    graph =
        com.github.jelmerk.hnswlib.core.hnsw.HnswIndex.<float[], Float>newBuilder(
                embeddings.dimension(), new NegativeInnerProduct(), embeddings.size())
            .withM(links)
            .withEfConstruction(efConstruction)
            .withEf(ef)
            .build();
    useOneLayer(graph);
    double[] norms =
        IntStream.range(0, embeddings.size()).mapToDouble(embeddings::squaredNorm).toArray();
    IntStream.range(0, embeddings.size())
        .boxed()
        .sorted(
            (a, b) -> norms[a] != norms[b] ? Double.compare(norms[b], norms[a]) : a.compareTo(b))
        .forEach(a -> graph.add(new Vector(a, single(embeddings.vector(a)))));
  }

  @Override
  public int topK(double[] h, int k, int[] itemsOut) {
    List<SearchResult<Vector, Float>> found = graph.findNearest(single(h), k);
    for (int j = 0; j < found.size(); j++) {
      itemsOut[j] = found.get(j).item().id();
    }
    return found.size();
  }

  private static float[] single(double[] vector) {
    float[] single = new float[vector.length];
    for (int l = 0; l < vector.length; l++) {
      single[l] = (float) vector[l];
    }
    return single;
  }

  private static void useOneLayer(Object graph) {
    try {
      Field levelLambda = graph.getClass().getDeclaredField("levelLambda");
      levelLambda.setAccessible(true);
      levelLambda.setDouble(graph, 0);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of hnswlib has another layout", e);
    }
  }
}
