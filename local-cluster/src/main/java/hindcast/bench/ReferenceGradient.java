package hindcast.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The exact gradient of a minibatch for every {@link Reward}, in double precision, in one pass over
 * the catalogue: every sum is kept relative to the largest score so far and rescaled when a larger
 * one comes. Written without the kernels it judges. O(P L n), memory O(L n).
 */
final class ReferenceGradient {
  private static final int CHUNK = 512;

  private final ItemVectors items;
  private final float[] dense;
  private final int dimension;

  /** Over some items with a dense reward. */
  ReferenceGradient(ItemVectors items, float[] dense) {
    this.items = items;
    this.dense = dense;
    this.dimension = items.dimension();
  }

  /** The gradients, each d x L. */
  Map<Reward, double[]> of(double[] theta, SessionBatch batch) {
    int n = batch.size();
    double[] lanes = lanes(theta, batch);
    double[] largest = new double[n];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    double[] z = new double[n];
    double[] mean = new double[dimension * n];
    double[] reward = new double[n];
    double[] rewardMean = new double[dimension * n];
    double[] scores = new double[CHUNK * n];
    double[] scale = new double[n];
    for (int from = 0; from < items.size(); from += CHUNK) {
      int count = Math.min(CHUNK, items.size() - from);
      score(lanes, n, from, count, scores);
      rescale(scores, n, count, largest, scale, z, mean, reward, rewardMean);
      for (int j = 0; j < count; j++) {
        add(scores, j * n, n, from + j, z, mean, reward, rewardMean);
      }
    }
    return gradients(batch, lanes, largest, z, mean, reward, rewardMean);
  }

  private double[] lanes(double[] theta, SessionBatch batch) {
    int n = batch.size();
    double[] lanes = new double[dimension * n];
    double[] h = new double[dimension];
    for (int i = 0; i < n; i++) {
      batch.contexts()[i].project(theta, dimension, h);
      for (int l = 0; l < dimension; l++) {
        lanes[l * n + i] = h[l];
      }
    }
    return lanes;
  }

  private void score(double[] lanes, int n, int from, int count, double[] scores) {
    Arrays.fill(scores, 0);
    float[] rows = items.rows();
    for (int j = 0; j < count; j++) {
      for (int l = 0; l < dimension; l++) {
        addScaled(rows[(from + j) * dimension + l], lanes, l * n, scores, j * n, n);
      }
    }
  }

  private void rescale(
      double[] scores,
      int n,
      int count,
      double[] largest,
      double[] scale,
      double[] z,
      double[] mean,
      double[] reward,
      double[] rewardMean) {
    boolean grown = false;
    for (int i = 0; i < n; i++) {
      double max = largest[i];
      for (int j = 0; j < count; j++) {
        max = Math.max(max, scores[j * n + i]);
      }
      scale[i] = max > largest[i] ? Math.exp(largest[i] - max) : 1;
      grown |= scale[i] != 1;
      largest[i] = max;
    }
    if (grown) {
      multiply(z, scale, n);
      multiply(mean, scale, n);
      multiply(reward, scale, n);
      multiply(rewardMean, scale, n);
    }
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < n; i++) {
        scores[j * n + i] = Math.exp(scores[j * n + i] - largest[i]);
      }
    }
  }

  private void add(
      double[] weights,
      int at,
      int n,
      int item,
      double[] z,
      double[] mean,
      double[] reward,
      double[] rewardMean) {
    addScaled(1, weights, at, z, 0, n);
    addScaled(dense[item], weights, at, reward, 0, n);
    float[] rows = items.rows();
    for (int l = 0; l < dimension; l++) {
      double component = rows[item * dimension + l];
      addScaled(component, weights, at, mean, l * n, n);
      addScaled(component * dense[item], weights, at, rewardMean, l * n, n);
    }
  }

  private Map<Reward, double[]> gradients(
      SessionBatch batch,
      double[] lanes,
      double[] largest,
      double[] z,
      double[] mean,
      double[] reward,
      double[] rewardMean) {
    int n = batch.size();
    Map<Reward, double[]> gradients = new EnumMap<>(Reward.class);
    double[] latent = new double[dimension];
    for (Reward kind : Reward.values()) {
      double[] gradient = new double[batch.contexts()[0].dimension() * dimension];
      for (int i = 0; i < n; i++) {
        Arrays.fill(latent, 0);
        switch (kind) {
          case SPARSE -> {
            for (int a : batch.held()[i]) {
              addItem(probability(lanes, n, i, a, largest, z), a, i, n, z, mean, latent);
            }
          }
          case LOGGED_ITEM -> {
            int a = batch.logged()[i];
            addItem(probability(lanes, n, i, a, largest, z), a, i, n, z, mean, latent);
          }
          case PWLL -> addItem(1, batch.logged()[i], i, n, z, mean, latent);
          case DENSE -> {
            for (int l = 0; l < dimension; l++) {
              double product = reward[i] / z[i] * mean[l * n + i];
              latent[l] = (rewardMean[l * n + i] - product) / z[i];
            }
          }
        }
        batch.contexts()[i].addOuter(1.0 / n, latent, gradient);
      }
      gradients.put(kind, gradient);
    }
    return gradients;
  }

  /** latent += p (β_a − β̄). */
  private void addItem(double p, int a, int i, int n, double[] z, double[] mean, double[] latent) {
    for (int l = 0; l < dimension; l++) {
      latent[l] += p * (items.rows()[a * dimension + l] - mean[l * n + i] / z[i]);
    }
  }

  private double probability(double[] lanes, int n, int i, int a, double[] largest, double[] z) {
    double score = 0;
    for (int l = 0; l < dimension; l++) {
      score += lanes[l * n + i] * items.rows()[a * dimension + l];
    }
    return Math.exp(score - largest[i]) / z[i];
  }

  private static void multiply(double[] sums, double[] scale, int n) {
    for (int from = 0; from < sums.length; from += n) {
      for (int i = 0; i < n; i++) {
        sums[from + i] *= scale[i];
      }
    }
  }

  private static void addScaled(double scale, double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] += scale * x[from + i];
    }
  }
}
