package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * A catalogue's vectors read from the packed array of a partition, by place. A process that has a
 * partition needs no other copy.
 *
 * <p>Scores of every item are computed place by place, once for items that share one, and then
 * handed out; scores are single precision, sums of vectors double.
 */
public final class PartitionedEmbeddings implements ItemEmbeddings {
  private static final int BLOCKS_AT_ONCE = 64;
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  private final PartitionedItems items;

  PartitionedEmbeddings(PartitionedItems items) {
    this.items = items;
  }

  /** The vectors by place. */
  public PartitionedItems items() {
    return items;
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int dimension() {
    return items.dimension();
  }

  @Override
  public void scores(double[] h, double[] out) {
    float[] query = Packing.single(h, dimension());
    float[] scores = new float[BLOCKS_AT_ONCE * Packing.BLOCK];
    for (int block = 0; block < items.blocks(); block += BLOCKS_AT_ONCE) {
      int to = Math.min(items.blocks(), block + BLOCKS_AT_ONCE);
      KERNELS.scoresOfOne(items.packed(), dimension(), block, to, query, scores, 0);
      for (int place = block * Packing.BLOCK; place < to * Packing.BLOCK; place++) {
        for (int j = 0; j < items.multiplicity(place); j++) {
          out[items.item(place, j)] = scores[place - block * Packing.BLOCK];
        }
      }
    }
  }

  @Override
  public void scores(double[] h, int[] some, int count, double[] out) {
    float[] query = Packing.single(h, dimension());
    for (int j = 0; j < count; j++) {
      out[j] = KERNELS.score(items.packed(), dimension(), items.place(some[j]), query);
    }
  }

  @Override
  public double score(int item, double[] h) {
    float[] query = Packing.single(h, dimension());
    return KERNELS.score(items.packed(), dimension(), items.place(item), query);
  }

  @Override
  public void addScaled(int item, double scale, double[] out) {
    float[] packed = items.packed();
    int at = Packing.at(items.place(item), dimension());
    for (int l = 0; l < dimension(); l++) {
      out[l] += scale * packed[at + l * Packing.BLOCK];
    }
  }

  @Override
  public void weightedSum(double[] weights, double[] out) {
    Arrays.fill(out, 0, dimension(), 0);
    double[] block = new double[Packing.BLOCK];
    for (int b = 0; b < items.blocks(); b++) {
      boolean any = false;
      for (int j = 0; j < Packing.BLOCK; j++) {
        block[j] = weightOf(b * Packing.BLOCK + j, weights);
        any |= block[j] != 0;
      }
      if (any) {
        addBlock(b, block, out);
      }
    }
  }

  private double weightOf(int place, double[] weights) {
    double weight = 0;
    for (int j = 0; j < items.multiplicity(place); j++) {
      weight += weights[items.item(place, j)];
    }
    return weight;
  }

  private void addBlock(int block, double[] weights, double[] out) {
    float[] packed = items.packed();
    int at = block * dimension() * Packing.BLOCK;
    for (int l = 0; l < dimension(); l++) {
      double sum = 0;
      for (int j = 0; j < Packing.BLOCK; j++) {
        sum += weights[j] * packed[at + l * Packing.BLOCK + j];
      }
      out[l] += sum;
    }
  }
}
