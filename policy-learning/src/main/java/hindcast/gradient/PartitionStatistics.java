package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;

import hindcast.catalogue.PartitionedItems;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/** The statistics of one context of a {@link PartitionedSoftmax}. */
final class PartitionStatistics implements SoftmaxStatistics, WeightVisitor {
  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final PartitionedItems items;
  private final int dimension;
  private final double[] mean;
  private final double[] sum;
  private final float[] weights = new float[LaneSums.CHUNK * BLOCK];
  private PartitionedSoftmax softmax;
  private int lane;
  private int logged;
  private ItemFunction q;
  private double logZ;
  private double expected;

  PartitionStatistics(PartitionedItems items) {
    this.items = items;
    this.dimension = items.dimension();
    this.mean = new double[dimension];
    this.sum = new double[dimension];
  }

  /** Turns to a context and its logged item. */
  PartitionStatistics of(PartitionedSoftmax group, int context, int item) {
    softmax = group;
    lane = context;
    logged = item;
    logZ = group.logZ(context);
    return this;
  }

  @Override
  public double logProbability() {
    return Math.min(0, softmax.score(lane, logged) - logZ);
  }

  @Override
  public double logZ() {
    return logZ;
  }

  /** ln Z − h · β̄. */
  @Override
  public double entropy() {
    return Math.max(0, logZ - softmax.meanScore(lane));
  }

  @Override
  public void direction(double[] out) {
    softmax.mean(lane, mean);
    for (int l = 0; l < dimension; l++) {
      out[l] = -mean[l];
    }
    addItem(items.place(logged), 1, out);
  }

  @Override
  public double covariance(ItemFunction function, double[] out) {
    q = function;
    expected = 0;
    Arrays.fill(sum, 0);
    int[] support = function.support();
    if (support == null) {
      softmax.visit(lane, this);
    } else {
      for (int a : support) {
        addWeighted(items.place(a), Math.exp(softmax.score(lane, a) - logZ) * function.at(a));
      }
    }
    q = null;
    softmax.mean(lane, mean);
    for (int l = 0; l < dimension; l++) {
      out[l] = sum[l] - expected * mean[l];
    }
    return expected;
  }

  private void addWeighted(int place, double weight) {
    expected += weight;
    addItem(place, weight, sum);
  }

  private void addItem(int place, double weight, double[] out) {
    int at = (place / BLOCK) * dimension * BLOCK + place % BLOCK;
    for (int l = 0; l < dimension; l++) {
      out[l] += weight * items.packed()[at + l * BLOCK];
    }
  }

  @Override
  public void places(int fromBlock, int toBlock, float[] logWeights) {
    for (int j = 0; j < (toBlock - fromBlock) * BLOCK; j++) {
      double weight = Math.exp(logWeights[j] - logZ);
      weight *= weight == 0 ? 0 : meanAt(fromBlock * BLOCK + j);
      weights[j] = (float) weight;
      expected += weight;
    }
    kernels.weightedSumOfOne(items.packed(), dimension, fromBlock, toBlock, weights, 0, sum);
  }

  @Override
  public void one(int place, float logWeight) {
    addWeighted(place, Math.exp(logWeight - logZ) * meanAt(place));
  }

  private double meanAt(int place) {
    int multiplicity = items.multiplicity(place);
    double total = 0;
    for (int j = 0; j < multiplicity; j++) {
      total += q.at(items.item(place, j));
    }
    return total / multiplicity;
  }
}
