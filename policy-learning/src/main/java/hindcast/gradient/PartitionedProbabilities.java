package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.PartitionIndex;
import hindcast.numeric.CounterBasedRandom;

/**
 * ln Z of many user vectors h over a catalogue sorted into clusters, for π(a|x) = e^{h·β_a} / Z of
 * some items of each, as {@link PartitionGradient} estimates it:
 *
 * <pre>
 *   π̂ = e^{h·β_a} / Ẑ      E[π̂] ≈ π (1 + Var(Ẑ) / Z²)
 * </pre>
 *
 * Ẑ is unbiased and holds those items themselves, so π̂ ≤ 1; by Jensen's inequality π̂ is too
 * large, by the relative bias {@link #relativeBias}.
 *
 * <p>Up to {@value #EXACTLY} vectors are summed exactly, where that costs no more than the audit.
 * Of more, one group of 32, spread over all of them, is summed exactly as an audit. Where Ẑ is
 * further from Z there than 3 % in the root mean square, or 20 % for one vector, everything is
 * estimated again with as much enumerated and drawn as the ladder of {@link WatchedGradient} goes
 * to; where that does not help, up to {@value #AFFORDABLE} vectors are summed exactly, and of more
 * the error that is left counts as bias too: what an estimate of the variance cannot see, an item
 * that was missed, is in it. Audited vectors keep their exact Z.
 *
 * <p>A workspace, not safe for use by several threads. What it says is a function of the vectors,
 * the items and the key.
 *
 * <p>Source: methods 4.3 (bias of 1 / Ẑ).
 */
public final class PartitionedProbabilities {
  private static final int EXACTLY = LANES;
  private static final int AFFORDABLE = 8 * LANES;
  private static final PartitionForm LAST = new PartitionForm(8000, 8192);

  private final PartitionedSoftmax group;
  private final double[][] audited = new double[LANES][];
  private final int[][] auditedItems = new int[LANES][];
  private final int[] auditedVectors = new int[LANES];
  private final double[] auditedLogZ = new double[LANES];
  private double[] logZ = new double[0];
  private double[] bias = new double[0];

  /** A workspace over a partition. */
  public PartitionedProbabilities(PartitionIndex partition) {
    this.group = new PartitionedSoftmax(partition);
  }

  /**
   * Prepares vectors.
   *
   * @param h user vectors; read, not kept
   * @param items the items of each whose probability is wanted, at least one
   * @param count how many vectors
   * @param key key of the random numbers
   */
  public void fit(double[][] h, int[][] items, int count, long key) {
    if (logZ.length < count) {
      logZ = new double[count];
      bias = new double[count];
    }
    if (count <= EXACTLY) {
      sumExactly(h, items, count);
      return;
    }
    audit(h, items, count);
    ErrorOfZ error = estimate(PartitionForm.CAREFUL, h, items, count, key);
    if (!error.isClean()) {
      error = estimate(LAST, h, items, count, key);
    }
    if (!error.isClean() && count <= AFFORDABLE) {
      sumExactly(h, items, count);
    } else {
      useAudit(count, error.isClean() ? 0 : error.rootMeanSquare());
    }
  }

  private void sumExactly(double[][] h, int[][] items, int count) {
    for (int from = 0; from < count; from += LANES) {
      int to = Math.min(count, from + LANES);
      group.latent(h, items, from, to);
      group.sumExactly();
      for (int i = from; i < to; i++) {
        logZ[i] = group.logZ(i - from);
        bias[i] = 0;
      }
    }
  }

  private void audit(double[][] h, int[][] items, int count) {
    for (int j = 0; j < LANES; j++) {
      int i = (int) ((long) j * count / LANES);
      auditedVectors[j] = i;
      audited[j] = h[i];
      auditedItems[j] = items[i];
    }
    group.latent(audited, auditedItems, 0, LANES);
    group.sumExactly();
    for (int j = 0; j < LANES; j++) {
      auditedLogZ[j] = group.logZ(j);
    }
  }

  private ErrorOfZ estimate(PartitionForm now, double[][] h, int[][] items, int count, long key) {
    for (int from = 0; from < count; from += LANES) {
      int to = Math.min(count, from + LANES);
      group.latent(h, items, from, to);
      group.estimate(now.budget(), now.draws(), true, CounterBasedRandom.bits(key, from));
      for (int i = from; i < to; i++) {
        logZ[i] = group.logZ(i - from);
        bias[i] = group.relativeVariance(i - from);
      }
    }
    double squares = 0;
    double largest = 0;
    for (int j = 0; j < LANES; j++) {
      double error = Math.abs(Math.expm1(logZ[auditedVectors[j]] - auditedLogZ[j]));
      squares += error * error;
      largest = Math.max(largest, error);
    }
    return new ErrorOfZ(Math.sqrt(squares / LANES), largest);
  }

  private void useAudit(int count, double error) {
    for (int i = 0; i < count; i++) {
      bias[i] += error;
    }
    for (int j = 0; j < LANES; j++) {
      logZ[auditedVectors[j]] = auditedLogZ[j];
      bias[auditedVectors[j]] = 0;
    }
  }

  /** ln Ẑ of vector i. */
  public double logZ(int i) {
    return logZ[i];
  }

  /** The relative bias of π̂ of vector i, at least 0: Var(Ẑ) / Z² and what the audit found. */
  public double relativeBias(int i) {
    return bias[i];
  }
}
