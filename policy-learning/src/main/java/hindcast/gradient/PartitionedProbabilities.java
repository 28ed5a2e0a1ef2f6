package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.PartitionIndex;
import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;

/**
 * π(a|x) = e^{h·β_a} / Z of one item for each of many user vectors h, over a catalogue sorted into
 * clusters, as {@link PartitionGradient} estimates Z:
 *
 * <pre>
 *   π̂ = e^{h·β_a} / Ẑ      E[π̂] ≈ π (1 + Var(Ẑ) / Z²)
 * </pre>
 *
 * Ẑ is unbiased and holds the item itself, so π̂ ≤ 1; by Jensen's inequality π̂ is too large, by
 * the relative bias {@link #relativeBias}.
 *
 * <p>One group of 32 vectors, spread over all of them, is summed exactly as an audit. Where Ẑ is
 * further from Z there than 3 % in the root mean square, or 20 % for one vector, everything is
 * estimated again with as much enumerated and drawn as the ladder of {@link WatchedGradient} goes
 * to. The audit's error that is left then counts as bias too: what an estimate of the variance
 * cannot see, an item that was missed, is in it. The audited vectors keep their exact Z.
 *
 * <p>A workspace, not safe for use by several threads. What it says is a function of the vectors,
 * the items and the key.
 *
 * <p>Source: methods 4.3 (bias of 1 / Ẑ).
 */
public final class PartitionedProbabilities {
  private static final PartitionForm CAREFUL = new PartitionForm(8000, 8192);

  private final PartitionedSoftmax group;
  private double[][] audited = new double[LANES][];
  private final int[] auditedItems = new int[LANES];
  private final int[] auditedVectors = new int[LANES];
  private final double[] auditedLogZ = new double[LANES];
  private double[] logProbability = new double[0];
  private double[] logZ = new double[0];
  private double[] variance = new double[0];
  private PartitionForm form;
  private double auditError;

  /** A workspace over a partition. */
  public PartitionedProbabilities(PartitionIndex partition) {
    this.group = new PartitionedSoftmax(partition);
  }

  /**
   * Prepares vectors.
   *
   * @param h user vectors; read, not kept
   * @param items the item of each whose probability is wanted
   * @param count how many vectors
   * @param key key of the random numbers
   */
  public void fit(double[][] h, int[] items, int count, long key) {
    if (logZ.length < count) {
      logProbability = new double[count];
      logZ = new double[count];
      variance = new double[count];
    }
    auditError = 0;
    form = PartitionForm.STANDARD;
    if (count == 0) {
      return;
    }
    int auditSize = sumAudited(h, items, count);
    estimate(h, items, count, key);
    if (!errorOf(auditSize).isClean()) {
      form = CAREFUL;
      estimate(h, items, count, key);
    }
    ErrorOfZ left = errorOf(auditSize);
    auditError = left.isClean() ? 0 : left.rootMeanSquare();
    for (int j = 0; j < auditSize; j++) {
      int i = auditedVectors[j];
      logProbability[i] = Math.min(0, logProbability[i] + logZ[i] - auditedLogZ[j]);
      logZ[i] = auditedLogZ[j];
      variance[i] = Double.NEGATIVE_INFINITY;
    }
  }

  private int sumAudited(double[][] h, int[] items, int count) {
    int size = Math.min(LANES, count);
    for (int j = 0; j < size; j++) {
      int i = (int) ((long) j * count / size);
      auditedVectors[j] = i;
      audited[j] = h[i];
      auditedItems[j] = items[i];
    }
    group.latent(audited, auditedItems, 0, size);
    group.sumExactly();
    for (int j = 0; j < size; j++) {
      auditedLogZ[j] = group.logZ(j);
    }
    Arrays.fill(audited, null);
    return size;
  }

  private void estimate(double[][] h, int[] items, int count, long key) {
    for (int from = 0; from < count; from += LANES) {
      int to = Math.min(count, from + LANES);
      group.latent(h, items, from, to);
      group.estimate(form.budget(), form.draws(), true, CounterBasedRandom.bits(key, from));
      for (int i = from; i < to; i++) {
        logZ[i] = group.logZ(i - from);
        variance[i] = group.relativeVariance(i - from);
        logProbability[i] = Math.min(0, group.score(i - from, items[i]) - logZ[i]);
      }
    }
  }

  private ErrorOfZ errorOf(int auditSize) {
    double squares = 0;
    double largest = 0;
    for (int j = 0; j < auditSize; j++) {
      double error = Math.abs(Math.expm1(logZ[auditedVectors[j]] - auditedLogZ[j]));
      squares += error * error;
      largest = Math.max(largest, error);
    }
    return new ErrorOfZ(Math.sqrt(squares / auditSize), largest);
  }

  /** ln π̂ of the item of vector i, at most 0. */
  public double logProbability(int i) {
    return logProbability[i];
  }

  /** ln Ẑ of vector i. */
  public double logZ(int i) {
    return logZ[i];
  }

  /** The relative bias of π̂ of vector i, at least 0: Var(Ẑ) / Z² and what the audit found. */
  public double relativeBias(int i) {
    return variance[i] == Double.NEGATIVE_INFINITY ? 0 : variance[i] + auditError;
  }

  /** Root mean square relative error of Ẑ the audit left where it broke a limit; 0 otherwise. */
  public double auditError() {
    return auditError;
  }

  /** How Z was estimated. */
  public PartitionForm form() {
    return form;
  }
}
