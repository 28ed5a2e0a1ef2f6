package hindcast.objective;

import java.util.Arrays;

/**
 * The numbers of one minibatch that objectives speak of, by event i in [0, n), under the current
 * parameters. What is logged (an item, or its cluster, embedding, or place among selected items:
 * see {@link Shape}) has probability π_i under the policy and p_i under the logging policy.
 *
 * <p>Columns an objective did not ask for hold 0 (multiplier-like ones hold 1).
 */
public final class ScoredMinibatch {
  private static final double ROUNDING = 1e-9;

  private final int n;
  private final double[] reward;
  private final double[] propensity;
  private final double[] logProbability;
  private final double[] uncertainty;
  private final double[] model;
  private final double[] modelMean;
  private final double[] entropy;
  private final double[] selected;
  private final double[] inverseVariance;
  private final double[] inverseFrequency;
  private long step;

  /** A minibatch of n events. */
  public ScoredMinibatch(int n) {
    this.n = n;
    reward = new double[n];
    propensity = ones(n);
    logProbability = new double[n];
    uncertainty = new double[n];
    model = new double[n];
    modelMean = new double[n];
    entropy = new double[n];
    selected = ones(n);
    inverseVariance = ones(n);
    inverseFrequency = ones(n);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Sets an event.
   *
   * @param r finite
   * @param p in (0, 1]
   * @param logPi at most 0; minus infinity for what the policy never does
   * @throws IllegalArgumentException for another reward or propensity
   */
  public void set(int i, double r, double p, double logPi) {
    if (!Double.isFinite(r)) {
      throw new IllegalArgumentException("reward must be finite: " + r + " (event " + i + ")");
    }
    if (!(p > 0 && p <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "propensity must be in (0, 1]: " + p + " (event " + i + ")");
    }
    reward[i] = r;
    propensity[i] = p;
    logProbability[i] = logPi;
  }

  /** Sets U. */
  public void setUncertainty(int i, double value) {
    uncertainty[i] = value;
  }

  /** Sets q_i of the logged item, and q̄_i = Σ_b π_b q_b. */
  public void setModel(int i, double logged, double mean) {
    model[i] = logged;
    modelMean[i] = mean;
  }

  /** Sets the entropy of π(·|x). */
  public void setEntropy(int i, double value) {
    entropy[i] = value;
  }

  /** Sets whether the logged item is among the selected ones. */
  public void setSelected(int i, boolean value) {
    selected[i] = value ? 1 : 0;
  }

  /** Sets V(x) = Σ_b π_b² / π₀_b, the second moment of the weight in this context. */
  public void setWeightVariance(int i, double value) {
    inverseVariance[i] = 1 / value;
  }

  /** Sets n(s) / n(s, a). */
  public void setInverseFrequency(int i, double value) {
    inverseFrequency[i] = value;
  }

  /** Sets how many steps the learner has made before this one. */
  public void setStep(long value) {
    step = value;
  }

  /** Steps made before this one; 0 at the start. */
  public long step() {
    return step;
  }

  /** n. */
  public int size() {
    return n;
  }

  /** r_i. */
  public double reward(int i) {
    return reward[i];
  }

  /** p_i. */
  public double propensity(int i) {
    return propensity[i];
  }

  /** log π_i. */
  public double logProbability(int i) {
    return logProbability[i];
  }

  /** π_i. */
  public double probability(int i) {
    return Math.exp(logProbability[i]);
  }

  /** w_i = π_i / p_i = e^{log π_i − log p_i}. */
  public double weight(int i) {
    return Math.exp(logProbability[i] - Math.log(propensity[i]));
  }

  /** U_i. */
  public double uncertainty(int i) {
    return uncertainty[i];
  }

  /** q_i. */
  public double model(int i) {
    return model[i];
  }

  /** q̄_i = Σ_b π_b q_b. */
  public double modelMean(int i) {
    return modelMean[i];
  }

  /** H(π(·|x_i)). */
  public double entropy(int i) {
    return entropy[i];
  }

  /** 1 if the logged item is selected, else 0. */
  public double selected(int i) {
    return selected[i];
  }

  /** 1 / V(x_i). */
  public double inverseWeightVariance(int i) {
    return inverseVariance[i];
  }

  /** n(s) / n(s, a). */
  public double inverseFrequency(int i) {
    return inverseFrequency[i];
  }
}
