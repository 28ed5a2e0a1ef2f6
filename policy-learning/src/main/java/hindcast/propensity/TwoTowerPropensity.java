package hindcast.propensity;

import hindcast.numeric.InformationMatrix;
import hindcast.numeric.LogSumExp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Logging-policy head on a frozen user state h in R^L: item tower E (P x L), bias b, last layer
 * omega.
 *
 * <pre>
 * score_a = omega . (h * E_a) + b_a      p = softmax(score)       * elementwise
 * g_a = (h * E_a) / |h * E_a|            U_a = sqrt(g_a^T M^-1 g_a / L)
 * step:  res = onehot(a) - p
 *        E_a += lr res_a (omega * h)     b += lr res     omega += lr sum_a res_a (E_a * h)
 *        M += g g^T / L with the logged action's g from before the step
 * </pre>
 *
 * <p>Loss {@code -ln p_a} over every shown item, rewarded or not; no gradient reaches the user
 * state. Predict, then step; all three gradients are taken from the values before it. When the user
 * state moves, earlier M entries are stale: {@link #forget} them. Estimates are floored at {@link
 * SoftmaxPropensity#FLOOR}; a zero {@code h * E_a} has U = 0.
 *
 * <p>UIPS paper, A.3.2; Chen et al., WSDM 2019.
 */
public final class TwoTowerPropensity implements ContextualHead {
  private int actions;
  private final int width;
  private final double learningRate;
  private double[][] items;
  private double[] bias;
  private final double[] omega;
  private final InformationMatrix information;
  private double[] probabilities;

  /**
   * @param items E, P x L, copied
   * @param bias b, P, copied
   * @param omega L, copied
   * @param learningRate lr, above 0
   */
  public TwoTowerPropensity(double[][] items, double[] bias, double[] omega, double learningRate) {
    if (items.length < 1 || bias.length != items.length || omega.length < 1) {
      throw new IllegalArgumentException(
          "towers must have P >= 1 items, P biases and L >= 1: "
              + items.length
              + ", "
              + bias.length
              + ", "
              + omega.length);
    }
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and above 0: " + learningRate);
    }
    actions = items.length;
    width = omega.length;
    this.learningRate = learningRate;
    this.items = new double[actions][];
    for (int a = 0; a < actions; a++) {
      if (items[a].length != width) {
        throw new IllegalArgumentException(
            "item tower must have L = " + width + " columns: " + items[a].length + " in row " + a);
      }
      this.items[a] = items[a].clone();
    }
    this.bias = bias.clone();
    this.omega = omega.clone();
    information = new InformationMatrix(width);
    probabilities = new double[actions];
  }

  /** Probabilities of all actions, before an update. */
  public double[] probabilities(double[] h) {
    score(h);
    return probabilities.clone();
  }

  /** U of an action, before an update. */
  public double uncertainty(double[] h, int action) {
    check(h);
    return Math.sqrt(information.quadratic(direction(h, action)) / width);
  }

  @Override
  public int actions() {
    return actions;
  }

  @Override
  public Propensity predict(double[] h, int action) {
    score(h);
    return new Propensity(
        Math.max(SoftmaxPropensity.FLOOR, probabilities[action]),
        uncertainty(h, action),
        Propensity.Source.ESTIMATED);
  }

  @Override
  public void update(double[] h, int action) {
    score(h);
    double[] g = direction(h, action);
    double[] omegaGradient = new double[width];
    for (int a = 0; a < actions; a++) {
      double residual = (a == action ? 1 : 0) - probabilities[a];
      for (int k = 0; k < width; k++) {
        omegaGradient[k] += residual * items[a][k] * h[k];
        items[a][k] += learningRate * residual * omega[k] * h[k];
      }
      bias[a] += learningRate * residual;
    }
    double scale = 1 / Math.sqrt(width);
    for (int k = 0; k < width; k++) {
      omega[k] += learningRate * omegaGradient[k];
      g[k] *= scale;
    }
    information.add(g);
  }

  /**
   * Lets the uncertainties grow again, when the user state moved: {@code M <- rho M + (1 - rho) I}.
   *
   * @param rho share that is kept, in [0, 1]; 0 begins M anew
   */
  @Override
  public void forget(double rho) {
    information.forget(rho);
  }

  /** Adds an action whose tower row begins at {@code row}, with bias 0. */
  @Override
  public void grow(double[] row) {
    check(row);
    items = Arrays.copyOf(items, actions + 1);
    items[actions] = row.clone();
    actions++;
    bias = Arrays.copyOf(bias, actions);
    probabilities = new double[actions];
  }

  private void score(double[] h) {
    check(h);
    for (int a = 0; a < actions; a++) {
      double score = bias[a];
      for (int k = 0; k < width; k++) {
        score += omega[k] * h[k] * items[a][k];
      }
      probabilities[a] = score;
    }
    double logZ = LogSumExp.of(probabilities, actions);
    for (int a = 0; a < actions; a++) {
      probabilities[a] = Math.exp(probabilities[a] - logZ);
    }
  }

  private void check(double[] h) {
    if (h.length != width) {
      throw new IllegalArgumentException(
          "user state must have dimension " + width + ": " + h.length);
    }
    for (double feature : h) {
      if (!(Math.abs(feature) <= 1e100)) {
        throw new IllegalArgumentException("user state must be finite: " + feature);
      }
    }
  }

  private double[] direction(double[] h, int action) {
    double[] g = new double[width];
    double norm = 0;
    for (int k = 0; k < width; k++) {
      g[k] = h[k] * items[action][k];
      norm += g[k] * g[k];
    }
    double scale = norm == 0 ? 0 : 1 / Math.sqrt(norm);
    for (int k = 0; k < width; k++) {
      g[k] *= scale;
    }
    return g;
  }

  /** E, P x L. */
  public double[][] items() {
    double[][] copy = new double[actions][];
    for (int a = 0; a < actions; a++) {
      copy[a] = items[a].clone();
    }
    return copy;
  }

  /** b, P. */
  public double[] bias() {
    return bias.clone();
  }

  /** omega, L. */
  public double[] omega() {
    return omega.clone();
  }

  /** M, L x L. */
  public double[][] information() {
    return information.matrix();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (double[] row : items) {
      writeAll(row, out);
    }
    writeAll(bias, out);
    writeAll(omega, out);
    information.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (double[] row : items) {
      readAll(row, in);
    }
    readAll(bias, in);
    readAll(omega, in);
    information.read(in);
  }

  private static void writeAll(double[] values, DataOutput out) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static void readAll(double[] values, DataInput in) throws IOException {
    for (int k = 0; k < values.length; k++) {
      values[k] = in.readDouble();
    }
  }
}
