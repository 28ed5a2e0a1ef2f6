package hindcast.propensity;

import hindcast.numeric.InformationMatrix;
import hindcast.numeric.LogSumExp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Streaming softmax regression of the logging policy on the context, with uncertainty.
 *
 * <p>One weight vector W_a and one information matrix M_a for each of P actions, x in R^d:
 *
 * <pre>
 * predict: p = softmax(W x)     v = x / (|x| sqrt(d))     U_a = sqrt(v^T M_a^-1 v)
 * update:  W += lr (onehot(a) - p) x^T     M_a += v v^T for the logged action only
 * </pre>
 *
 * <p>Predict, then update. Estimates are floored at {@value #FLOOR}. A zero context says nothing:
 * its prediction is uniform and its U is 0.
 *
 * <p>UIPS paper, Algorithm 1 with one block for each action.
 */
public final class SoftmaxPropensity implements ContextualHead {
  /** Smallest estimate. */
  public static final double FLOOR = 1e-9;

  private final int dimension;
  private int actions;
  private final double learningRate;
  private double[] weights;
  private InformationMatrix[] information;
  private double[] scores;

  /**
   * @param dimension d
   * @param actions P
   * @param learningRate step of the stochastic gradient, above 0
   */
  public SoftmaxPropensity(int dimension, int actions, double learningRate) {
    if (dimension < 1 || actions < 1) {
      throw new IllegalArgumentException(
          "dimension and number of actions must be at least 1: " + dimension + ", " + actions);
    }
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and above 0: " + learningRate);
    }
    this.dimension = dimension;
    this.actions = actions;
    this.learningRate = learningRate;
    weights = new double[actions * dimension];
    scores = new double[actions];
    information = new InformationMatrix[actions];
    for (int a = 0; a < actions; a++) {
      information[a] = new InformationMatrix(dimension);
    }
  }

  @Override
  public int actions() {
    return actions;
  }

  @Override
  public Propensity predict(double[] x, int action) {
    probabilities(x);
    double u = Math.sqrt(information[action].quadratic(direction(x)));
    return new Propensity(Math.max(FLOOR, scores[action]), u, Propensity.Source.ESTIMATED);
  }

  @Override
  public void update(double[] x, int action) {
    probabilities(x);
    for (int a = 0; a < actions; a++) {
      double residual = (a == action ? 1 : 0) - scores[a];
      for (int k = 0; k < dimension; k++) {
        weights[a * dimension + k] += learningRate * residual * x[k];
      }
    }
    information[action].add(direction(x));
  }

  /**
   * Lets the uncertainties grow again: {@code M_a <- rho M_a + (1 - rho) I} for every action.
   *
   * @param rho share that is kept, in [0, 1]
   */
  @Override
  public void forget(double rho) {
    for (InformationMatrix matrix : information) {
      matrix.forget(rho);
    }
  }

  /** Adds an action whose weight vector begins at {@code row}. */
  @Override
  public void grow(double[] row) {
    check(row);
    weights = Arrays.copyOf(weights, weights.length + dimension);
    System.arraycopy(row, 0, weights, actions * dimension, dimension);
    information = Arrays.copyOf(information, actions + 1);
    information[actions] = new InformationMatrix(dimension);
    actions++;
    scores = new double[actions];
  }

  private void probabilities(double[] x) {
    check(x);
    for (int a = 0; a < actions; a++) {
      double score = 0;
      for (int k = 0; k < dimension; k++) {
        score += weights[a * dimension + k] * x[k];
      }
      scores[a] = score;
    }
    double logZ = LogSumExp.of(scores, actions);
    for (int a = 0; a < actions; a++) {
      scores[a] = Math.exp(scores[a] - logZ);
    }
  }

  private void check(double[] x) {
    if (x.length != dimension) {
      throw new IllegalArgumentException(
          "context must have dimension " + dimension + ": " + x.length);
    }
    for (double feature : x) {
      if (!(Math.abs(feature) <= 1e100)) {
        throw new IllegalArgumentException("context features must be finite: " + feature);
      }
    }
  }

  private double[] direction(double[] x) {
    double norm = 0;
    for (double feature : x) {
      norm += feature * feature;
    }
    double scale = norm == 0 ? 0 : 1 / Math.sqrt(norm * dimension);
    double[] v = new double[dimension];
    for (int k = 0; k < dimension; k++) {
      v[k] = x[k] * scale;
    }
    return v;
  }

  /** W, P x d. */
  public double[][] weights() {
    double[][] rows = new double[actions][dimension];
    for (int a = 0; a < actions; a++) {
      System.arraycopy(weights, a * dimension, rows[a], 0, dimension);
    }
    return rows;
  }

  /** The inverse information matrix of an action, d x d. */
  public double[][] inverseInformation(int action) {
    return information[action].inverse();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (double w : weights) {
      out.writeDouble(w);
    }
    for (InformationMatrix matrix : information) {
      matrix.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (int k = 0; k < weights.length; k++) {
      weights[k] = in.readDouble();
    }
    for (InformationMatrix matrix : information) {
      matrix.read(in);
    }
  }
}
