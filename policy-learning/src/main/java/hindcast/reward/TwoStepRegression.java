package hindcast.reward;

import hindcast.catalogue.ItemEmbeddings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The two-step reward model of POTEC: differences within a cluster first, then a baseline for each
 * cluster.
 *
 * <pre>
 *   ĥ(x, a) = xᵀ Ψ β_a      on pairs with the same x and cluster: e = (r_a − r_b) − (ĥ_a − ĥ_b)
 *                           Ψ ← Ψ + α (e x ⊗ (β_a − β_b) − λ₂ Ψ)
 *   ĝ(x, c) = xᵀ Ω γ_c      on every event, Ψ fixed:              e = r − ĥ − ĝ
 *                           Ω ← Ω + α (e x ⊗ γ_c − λ₂ Ω)
 *   f(x, a) = ĝ(x, c(a)) + ĥ(x, a)
 * </pre>
 *
 * <p>The policy gradient of POTEC is unbiased if f has the right differences within clusters.
 *
 * <p>Source: Saito, Yao and Joachims 2025; baselines 3.
 */
public final class TwoStepRegression {
  private final ItemEmbeddings items;
  private final ItemEmbeddings clusters;
  private final int[] clusterOfItem;
  private final double learningRate;
  private final double l2;
  private final double[] psi;
  private final double[] omega;
  private final double[] h;

  /**
   * A model at zero.
   *
   * @param contextDimension d
   * @param items β
   * @param clusters γ, of the same dimension
   * @param clusterOfItem the cluster of each item
   * @param learningRate α, above 0
   * @param l2 λ₂, at least 0
   */
  public TwoStepRegression(
      int contextDimension,
      ItemEmbeddings items,
      ItemEmbeddings clusters,
      int[] clusterOfItem,
      double learningRate,
      double l2) {
    if (items.dimension() != clusters.dimension() || clusterOfItem.length != items.size()) {
      throw new IllegalArgumentException(
          "items and clusters must share a dimension, and every item must have a cluster: "
              + items.dimension()
              + ", "
              + clusters.dimension()
              + "; "
              + clusterOfItem.length
              + " of "
              + items.size());
    }
    if (!(learningRate > 0 && l2 >= 0)) {
      throw new IllegalArgumentException(
          "learning rate must be above 0 and l2 at least 0: " + learningRate + ", " + l2);
    }
    this.items = items;
    this.clusters = clusters;
    this.clusterOfItem = clusterOfItem.clone();
    this.learningRate = learningRate;
    this.l2 = l2;
    this.psi = new double[contextDimension * items.dimension()];
    this.omega = new double[contextDimension * clusters.dimension()];
    this.h = new double[items.dimension()];
  }

  /** First step: one ordered pair of events with the same context and cluster. */
  public void updatePair(double[] x, int a, double rewardOfA, int b, double rewardOfB) {
    if (clusterOfItem[a] != clusterOfItem[b] || a == b) {
      throw new IllegalArgumentException(
          "a pair needs two items of one cluster: " + a + " and " + b);
    }
    double error = rewardOfA - rewardOfB - (within(x, a) - within(x, b));
    double[] difference = items.vector(a);
    items.addScaled(b, -1, difference);
    descend(psi, error, x, difference);
  }

  /** Second step: one event. */
  public void updateBaseline(double[] x, int item, double reward) {
    double error = reward - predict(x, item);
    descend(omega, error, x, clusters.vector(clusterOfItem[item]));
  }

  /** ĥ(x, a): right up to a number for each context and cluster. */
  public double within(double[] x, int item) {
    return items.score(item, project(psi, x));
  }

  /** f(x, a). */
  public double predict(double[] x, int item) {
    double baseline = clusters.score(clusterOfItem[item], project(omega, x));
    return baseline + within(x, item);
  }

  /** The best item of a cluster by ĥ, the first of several; -1 for an empty cluster. */
  public int bestOf(double[] x, int cluster) {
    int best = -1;
    double largest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < clusterOfItem.length; a++) {
      if (clusterOfItem[a] == cluster) {
        double value = within(x, a);
        if (best < 0 || value > largest) {
          best = a;
          largest = value;
        }
      }
    }
    return best;
  }

  /** Ψ, row-major d x L; read only. */
  public double[] psi() {
    return psi;
  }

  /** Ω, row-major d x L; read only. */
  public double[] omega() {
    return omega;
  }

  /** A copy that does not change when this one learns on. */
  public TwoStepRegression freeze() {
    TwoStepRegression copy =
        new TwoStepRegression(
            psi.length / h.length, items, clusters, clusterOfItem, learningRate, l2);
    System.arraycopy(psi, 0, copy.psi, 0, psi.length);
    System.arraycopy(omega, 0, copy.omega, 0, omega.length);
    return copy;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    for (double[] matrix : new double[][] {psi, omega}) {
      for (double value : matrix) {
        out.writeDouble(value);
      }
    }
  }

  /** Reads what {@link #write} of a model with the same settings wrote. */
  public void read(DataInput in) throws IOException {
    for (double[] matrix : new double[][] {psi, omega}) {
      for (int k = 0; k < matrix.length; k++) {
        matrix[k] = in.readDouble();
      }
    }
  }

  private void descend(double[] matrix, double error, double[] x, double[] vector) {
    for (int i = 0; i < x.length; i++) {
      for (int l = 0; l < vector.length; l++) {
        int k = i * vector.length + l;
        matrix[k] += learningRate * (error * x[i] * vector[l] - l2 * matrix[k]);
      }
    }
  }

  private double[] project(double[] matrix, double[] x) {
    Arrays.fill(h, 0);
    for (int i = 0; i < x.length; i++) {
      for (int l = 0; l < h.length; l++) {
        h[l] += x[i] * matrix[i * h.length + l];
      }
    }
    return h;
  }
}
