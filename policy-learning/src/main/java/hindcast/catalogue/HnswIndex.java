package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Approximate search for the largest inner products in a navigable small world graph (Malkov and
 * Yashunin 2018): greedily down the upper layers, then the {@code ef} best candidates of layer 0.
 * The similarity is h · β itself.
 *
 * <p>The graph is made by hnswlib ({@link HnswBuilder}) and searched here, as flat arrays of links
 * ({@link HnswGraph}) over vectors row by row, in order of their norms; items with the same vector
 * are one node and are found together. Its memory is L + 35 numbers a node or so.
 *
 * <p>{@link #HnswIndex(ItemEmbeddings) The constructor} builds on one thread and one layer: the
 * same vectors always give the same graph and the same answers. {@link #builder} builds in
 * parallel, where the order of insertion, and so the graph, is left to chance.
 *
 * <p>Recall depends on how much the norms vary and on {@code ef}, which each query may choose; an
 * item that is missed costs variance, never correctness (see {@code
 * hindcast.gradient.MixtureProposal}). Safe for use by several threads.
 */
public final class HnswIndex implements MaximumInnerProductIndex {
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  private final HnswGraph graph;
  private final float[] rows;
  private final int dimension;
  private final PlaceMembers members;
  private final int ef;
  private final Scratches<Scratch> scratches = new Scratches<>(Scratch::new);

  /** An index with 16 links an item, 100 candidates at building and 256 at searching. */
  public HnswIndex(ItemEmbeddings embeddings) {
    this(builder(embeddings).threads(1).build());
  }

  private HnswIndex(HnswIndex built) {
    this(built.graph, built.rows, built.dimension, built.members, built.ef);
  }

  /**
   * A graph and what it connects.
   *
   * @param rows vectors of the nodes: {@code rows[node * dimension + l]}
   * @param members items of the nodes
   * @param ef candidates kept by a query that does not say
   */
  HnswIndex(HnswGraph graph, float[] rows, int dimension, PlaceMembers members, int ef) {
    this.graph = graph;
    this.rows = rows;
    this.dimension = dimension;
    this.members = members;
    this.ef = ef;
  }

  /** The building of an index of these items. */
  public static HnswBuilder builder(ItemEmbeddings embeddings) {
    return new HnswBuilder(embeddings);
  }

  /** Candidates kept by a query that does not say. */
  public int ef() {
    return ef;
  }

  /** The same graph, searched with so many candidates by default. */
  public HnswIndex withEf(int candidates) {
    return new HnswIndex(graph, rows, dimension, members, candidates);
  }

  @Override
  public int topK(double[] h, int k, int[] itemsOut) {
    return topK(h, k, ef, itemsOut);
  }

  /**
   * The same with candidates of its own.
   *
   * @param candidates how many are kept while searching; k if that is more
   */
  public int topK(double[] h, int k, int candidates, int[] itemsOut) {
    return scratches.with(
        scratch -> {
          scratch.search(h, Math.min(Math.max(k, candidates), graph.nodes()));
          return members.write(scratch.best, k, itemsOut);
        });
  }

  HnswGraph graph() {
    return graph;
  }

  PlaceMembers members() {
    return members;
  }

  int dimension() {
    return dimension;
  }

  /** Bytes of memory, buffers of searches left out. */
  public long bytes() {
    return graph.bytes() + members.bytes() + 4L * rows.length;
  }

  /** The buffers of one search. */
  private final class Scratch {
    private final float[] query = new float[dimension];
    private final int[] visited = new int[graph.nodes()];
    private final ScoreQueue candidates = new ScoreQueue();
    private final TopScores best = new TopScores();
    private int round;

    private void search(double[] h, int ef) {
      for (int l = 0; l < dimension; l++) {
        query[l] = (float) h[l];
      }
      int node = graph.entry();
      float score = score(node);
      for (int layer = graph.layers() - 1; layer > 0; layer--) {
        int next = climb(layer, node, score);
        while (next != node) {
          node = next;
          score = score(node);
          next = climb(layer, node, score);
        }
      }
      spread(node, score, ef);
    }

    private float score(int node) {
      return KERNELS.dot(rows, node * dimension, query, 0, dimension);
    }

    /** The best of a node and its neighbours in a layer. */
    private int climb(int layer, int from, float score) {
      int best = from;
      float bestScore = score;
      for (int j = graph.from(layer, from); j < graph.from(layer, from + 1); j++) {
        int neighbour = graph.link(layer, j);
        float other = score(neighbour);
        if (other > bestScore) {
          best = neighbour;
          bestScore = other;
        }
      }
      return best;
    }

    private void spread(int entry, float entryScore, int ef) {
      begin(ef);
      visited[entry] = round;
      candidates.add(entryScore, entry);
      best.offer(entryScore, entry);
      while (!candidates.isEmpty() && candidates.topScore() >= best.threshold()) {
        int node = candidates.poll();
        for (int j = graph.from(0, node); j < graph.from(0, node + 1); j++) {
          int neighbour = graph.link(0, j);
          if (visited[neighbour] != round) {
            visited[neighbour] = round;
            float score = score(neighbour);
            if (score > best.threshold()) {
              candidates.add(score, neighbour);
              best.offer(score, neighbour);
            }
          }
        }
      }
      best.sort();
    }

    private void begin(int ef) {
      if (++round == Integer.MAX_VALUE) {
        Arrays.fill(visited, 0);
        round = 1;
      }
      candidates.clear();
      best.clear(ef);
    }
  }
}
