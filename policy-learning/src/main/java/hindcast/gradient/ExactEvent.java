package hindcast.gradient;

import hindcast.catalogue.PackedEmbeddings;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One event of an {@link ExactMinibatchGradient}: the sums R over most items, and a few items D
 * counted apart.
 *
 * <pre>
 *   Z = Z_R + Σ_D e^f       β̄ = π_R β̄_R + Σ_D π_c β_c
 *   β_b − β̄ = (β_b − β_t) + Σ_D π_c (β_t − β_c) + π_R (β_t − β̄_R)
 * </pre>
 *
 * <p>t is the item of D with the largest score. If it has nearly all probability, every term of β_t
 * − β̄ is small by itself and none by cancellation.
 *
 * <p>The entropy is log Z − h · β̄, in the same differences; it is off by up to the error of a
 * score.
 */
final class ExactEvent implements SoftmaxStatistics {
  private final PackedEmbeddings items;
  private final MinibatchKernels kernels;
  private final Consumer<ItemFunction> summing;
  private final float[] h;
  private final double[] restMean;
  private final double[] fromTop;
  private RunningSoftmax group;
  private int groupLane;
  private float restMax;
  private double restLogSum;
  private double logZ;
  private int logged;
  private double loggedScore;
  private int top;
  private double topScore;
  private int[] apart = new int[4];
  private double[] scores = new double[4];
  private int count;
  private float[] weights;
  private double[] values;

  ExactEvent(PackedEmbeddings items, MinibatchKernels kernels, Consumer<ItemFunction> summing) {
    this.items = items;
    this.kernels = kernels;
    this.summing = summing;
    h = new float[items.dimension()];
    restMean = new double[items.dimension()];
    fromTop = new double[items.dimension()];
  }

  void read(RunningSoftmax sums, int lane, int item, int[] itemsApart, int itemCount) {
    group = sums;
    groupLane = lane;
    sums.context(lane, h);
    sums.mean(lane, restMean);
    restMax = sums.max(lane);
    restLogSum = sums.logSum(lane);
    logged = item;
    takeApart(itemsApart, itemCount);
    logZ = logZ(restLogSum);
    if (!Double.isFinite(logZ)) {
      throw new ArithmeticException(
          "scores must be finite in single precision: log Z is " + logZ + " (item " + item + ")");
    }
    double rest = Math.exp(restLogSum - logZ);
    for (int l = 0; l < h.length; l++) {
      fromTop[l] = -rest * restMean[l];
    }
    items.addScaled(top, rest, fromTop);
    for (int j = 0; j < count; j++) {
      if (apart[j] != top) {
        double share = Math.exp(scores[j] - logZ);
        items.addScaled(top, share, fromTop);
        items.addScaled(apart[j], -share, fromTop);
      }
    }
  }

  private void takeApart(int[] itemsApart, int itemCount) {
    count = itemCount;
    if (apart.length < count) {
      apart = new int[2 * count];
      scores = new double[2 * count];
    }
    topScore = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      apart[j] = itemsApart[j];
      scores[j] = kernels.score(items.packed(), h.length, apart[j], h);
      if (apart[j] == logged) {
        loggedScore = scores[j];
      }
      if (scores[j] > topScore) {
        topScore = scores[j];
        top = apart[j];
      }
    }
  }

  private double logZ(double rest) {
    double largest = Math.max(rest, topScore);
    double sum = Math.exp(rest - largest);
    for (int j = 0; j < count; j++) {
      sum += Math.exp(scores[j] - largest);
    }
    return largest + Math.log(sum);
  }

  @Override
  public double logProbability() {
    return Math.min(0, loggedScore - logZ);
  }

  @Override
  public double logZ() {
    return logZ;
  }

  @Override
  public double entropy() {
    double toMean = 0;
    for (int l = 0; l < h.length; l++) {
      toMean += h[l] * fromTop[l];
    }
    return Math.max(0, (logZ - topScore) + toMean);
  }

  @Override
  public void direction(double[] out) {
    Arrays.fill(out, 0, h.length, 0);
    addFromMean(logged, 1, out);
  }

  /** {@code out += scale (β_b − β̄)}. */
  private void addFromMean(int item, double scale, double[] out) {
    if (item != top) {
      items.addScaled(item, scale, out);
      items.addScaled(top, -scale, out);
    }
    for (int l = 0; l < h.length; l++) {
      out[l] += scale * fromTop[l];
    }
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    Arrays.fill(out, 0, h.length, 0);
    int[] support = q.support();
    if (support == null) {
      return q.isShared() ? sharedCovariance(q, out) : denseCovariance(q, out);
    }
    double mean = 0;
    for (int item : support) {
      double f = kernels.score(items.packed(), h.length, item, h);
      double share = Math.exp(f - logZ) * q.at(item);
      mean += share;
      addFromMean(item, share, out);
    }
    return mean;
  }

  /**
   * Σ π (q − c) (β − β_t) + (E[q] − c) (β_t − β̄), c any number, the sums over R for all events.
   */
  private double sharedCovariance(ItemFunction q, double[] out) {
    summing.accept(q);
    double scale = Math.exp(restMax - logZ);
    double sum = group.valueSum(groupLane);
    double offset = group.offset(groupLane);
    for (int l = 0; l < h.length; l++) {
      out[l] = scale * group.valueWeighted(groupLane, l);
    }
    items.addScaled(top, -scale * sum, out);
    double mean = scale * sum;
    for (int j = 0; j < count; j++) {
      double share = Math.exp(scores[j] - logZ) * (q.at(apart[j]) - offset);
      mean += share;
      if (apart[j] != top) {
        items.addScaled(apart[j], share, out);
        items.addScaled(top, -share, out);
      }
    }
    for (int l = 0; l < h.length; l++) {
      out[l] += mean * fromTop[l];
    }
    return offset + mean;
  }

  /** Σ π (q − E[q]) β: one pass for weights and the mean of q, a second for the sum. */
  private double denseCovariance(ItemFunction q, double[] out) {
    weigh();
    double rest = Math.exp(restLogSum - logZ);
    double total = 0;
    double mean = 0;
    for (int b = 0; b < items.size(); b++) {
      if (weights[b] != 0) {
        values[b] = q.at(b);
        total += weights[b];
        mean += weights[b] * values[b];
      }
    }
    mean = total == 0 ? 0 : rest * mean / total;
    for (int j = 0; j < count; j++) {
      values[apart[j]] = q.at(apart[j]);
      mean += Math.exp(scores[j] - logZ) * values[apart[j]];
    }
    for (int b = 0; b < items.size(); b++) {
      if (weights[b] != 0) {
        weights[b] = (float) (weights[b] / total * rest * (values[b] - mean));
      }
    }
    kernels.weightedSumOfOne(items.packed(), h.length, 0, items.blocks(), weights, 0, out);
    for (int j = 0; j < count; j++) {
      items.addScaled(apart[j], Math.exp(scores[j] - logZ) * (values[apart[j]] - mean), out);
    }
    return mean;
  }

  /** e^{f − m} of every item, 0 for those counted apart. */
  private void weigh() {
    if (weights == null) {
      weights = new float[items.blocks() * MinibatchKernels.BLOCK];
      values = new double[items.size()];
    }
    kernels.scoresOfOne(items.packed(), h.length, 0, items.blocks(), h, weights, 0);
    for (int j = 0; j < count; j++) {
      weights[apart[j]] = Float.NEGATIVE_INFINITY;
    }
    kernels.exponentialsOfOne(weights, 0, items.size(), restMax, weights);
    Arrays.fill(weights, items.size(), weights.length, 0);
  }
}
