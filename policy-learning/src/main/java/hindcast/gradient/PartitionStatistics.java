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
  private final PlaceValues placeValues;
  private final float[] weights = new float[LaneSums.CHUNK * BLOCK];
  private final float[] values = new float[LaneSums.CHUNK * BLOCK];
  private PartitionedSoftmax softmax;
  private int lane;
  private int logged;
  private ItemFunction q;
  private double logZ;
  private double expected;

  PartitionStatistics(PartitionedItems items) {
    this.items = items;
    this.dimension = items.dimension();
    this.placeValues = new PlaceValues(items);
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
    if (support != null) {
      for (int a : support) {
        addWeighted(items.place(a), Math.exp(softmax.score(lane, a) - logZ) * function.at(a));
      }
    } else if (function.isShared()) {
      softmax.sum(function);
      softmax.valueMean(lane, sum);
      expected = softmax.meanValue(lane);
    } else {
      softmax.visit(lane, this);
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
    int places = (toBlock - fromBlock) * BLOCK;
    placeValues.fill(q, fromBlock, toBlock, values, 0);
    for (int j = 0; j < places; j++) {
      weights[j] = (float) (logWeights[j] - logZ);
    }
    kernels.exponentialsOfOne(weights, 0, places, 0, weights);
    expected += kernels.scaleOfOne(weights, 0, places, values);
    kernels.weightedSumOfOne(items.packed(), dimension, fromBlock, toBlock, weights, 0, sum);
  }

  @Override
  public void one(int place, float logWeight) {
    addWeighted(place, Math.exp(logWeight - logZ) * placeValues.at(q, place));
  }
}
