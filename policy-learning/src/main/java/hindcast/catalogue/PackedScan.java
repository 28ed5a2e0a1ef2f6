package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * The k largest scores of every place of a packed array for any number of queries, in one pass over
 * the array: a stretch of blocks small enough for the cache is scored for 32 queries after the
 * other before the next stretch is read. A block is looked at item by item only for queries whose
 * largest score in it is among the best so far.
 *
 * <p>Buffers grow with the number of queries; one object serves one thread.
 */
final class PackedScan {
  private static final int LANES = MinibatchKernels.LANES;
  private static final int BLOCK = MinibatchKernels.BLOCK;
  private static final int STRETCH = 1 << 15;
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  private final float[] packed;
  private final int dimension;
  private final int places;
  private final float[] weights;
  private final float[] scores;
  private final float[] max = new float[LANES];
  private float[][] lanes = new float[0][];
  private TopScores[] top = new TopScores[0];

  /**
   * A scan.
   *
   * @param places how many places, from the first, hold vectors
   * @param weights 0 at places that are nobody's, or null when there are none
   */
  PackedScan(float[] packed, int dimension, int places, float[] weights) {
    this.packed = packed;
    this.dimension = dimension;
    this.places = places;
    this.weights = weights;
    this.scores = new float[Math.max(LANES * BLOCK, blocksInStretch() * BLOCK)];
  }

  private int blocksInStretch() {
    return Math.max(1, STRETCH / (BLOCK * dimension));
  }

  /** Scores every place for n queries; {@link #top} then has the best k of each, sorted. */
  void search(double[][] h, int n, int k) {
    reserve(n);
    for (int i = 0; i < n; i++) {
      top[i].clear(Math.min(k, places));
    }
    if (n == 1) {
      searchOne(h[0]);
    } else {
      searchAll(h, n);
    }
    for (int i = 0; i < n; i++) {
      top[i].sort();
    }
  }

  /** Places and scores found for a query. */
  TopScores top(int query) {
    return top[query];
  }

  private void reserve(int n) {
    int had = top.length;
    if (n > had) {
      top = Arrays.copyOf(top, n);
      for (int i = had; i < n; i++) {
        top[i] = new TopScores();
      }
    }
    int groups = (n + LANES - 1) / LANES;
    if (groups > lanes.length) {
      lanes = new float[groups][dimension * LANES];
    }
  }

  private void searchOne(double[] h) {
    float[] query = lanes[0];
    for (int l = 0; l < dimension; l++) {
      query[l] = (float) h[l];
    }
    int blocks = Packing.blocks(places);
    for (int block = 0; block < blocks; block += blocksInStretch()) {
      int to = Math.min(blocks, block + blocksInStretch());
      KERNELS.scoresOfOne(packed, dimension, block, to, query, scores, 0);
      int end = Math.min(places, to * BLOCK);
      for (int place = block * BLOCK; place < end; place++) {
        offer(top[0], scores[place - block * BLOCK], place);
      }
    }
  }

  private void searchAll(double[][] h, int n) {
    for (int from = 0; from < n; from += LANES) {
      ContextLanes.fill(h, from, Math.min(LANES, n - from), dimension, lanes[from / LANES]);
    }
    int blocks = Packing.blocks(places);
    for (int block = 0; block < blocks; block += blocksInStretch()) {
      int to = Math.min(blocks, block + blocksInStretch());
      for (int from = 0; from < n; from += LANES) {
        for (int b = block; b < to; b++) {
          searchBlock(b, from, Math.min(LANES, n - from));
        }
      }
    }
  }

  private void searchBlock(int block, int from, int queries) {
    KERNELS.scores(packed, dimension, block, block + 1, lanes[from / LANES], scores, 0);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    KERNELS.maxima(scores, 0, BLOCK, max);
    int items = Math.min(BLOCK, places - block * BLOCK);
    for (int i = 0; i < queries; i++) {
      if (max[i] >= top[from + i].threshold()) {
        for (int j = 0; j < items; j++) {
          offer(top[from + i], scores[j * LANES + i], block * BLOCK + j);
        }
      }
    }
  }

  private void offer(TopScores best, float score, int place) {
    if (score >= best.threshold() && (weights == null || weights[place] > 0)) {
      best.offer(score, place);
    }
  }
}
