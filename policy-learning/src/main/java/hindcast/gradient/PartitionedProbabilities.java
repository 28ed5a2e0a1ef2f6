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
 * <p>The vectors are estimated in groups of 32; where the estimated variance says that Ẑ is off by
 * more than 3 % in the root mean square, or 20 % for one vector, again with as much enumerated and
 * drawn as the ladder of {@link WatchedGradient} goes to.
 *
 * <p>What an estimate of the variance cannot see, an item that was missed, an audit can: one group
 * of vectors, spread over all of them, is summed exactly as well. A share
 *
 * <pre>
 *   s = min(1, 2 G W / P)      G groups, W items a group's estimate sums, P items
 * </pre>
 *
 * of the calls is audited, drawn by the key, so that audits sum at most twice as many items as
 * estimates do, whatever the size of the catalogue. Audited vectors keep their exact Z. Where Ẑ
 * breaks the limits above at an audit:
 *
 * <ul>
 *   <li>s = 1: everything is estimated with more, and if that does not help, up to {@value
 *       #AFFORDABLE} vectors are summed exactly; of more, the error found, the root mean square of
 *       Z / Ẑ − 1, counts as bias of every vector that was estimated;
 *   <li>s &lt; 1: the error counts as bias, 1 / s times since audited calls stand for the others:
 *       the mean bias of many calls is what an audit of each would have reported.
 * </ul>
 *
 * <p>A workspace, not safe for use by several threads. What it says is a function of the vectors,
 * the items and the key.
 *
 * <p>Source: methods 4.3 (bias of 1 / Ẑ).
 */
public final class PartitionedProbabilities {
  private static final int AFFORDABLE = 8 * LANES;
  private static final double AUDITS = 2;
  private static final PartitionForm LAST = new PartitionForm(8000, 8192);

  private final PartitionIndex partition;
  private final PartitionedSoftmax group;
  private final double[][] audited = new double[LANES][];
  private final int[][] auditedItems = new int[LANES][];
  private final int[] auditedVectors = new int[LANES];
  private final double[] auditedLogZ = new double[LANES];
  private int auditedCount;
  private double[] logZ = new double[0];
  private double[] bias = new double[0];

  /** A workspace over a partition. */
  public PartitionedProbabilities(PartitionIndex partition) {
    this.partition = partition;
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
    ErrorOfZ spread = estimate(PartitionForm.CAREFUL, h, items, count, key);
    PartitionForm used = PartitionForm.CAREFUL;
    if (!spread.isClean()) {
      estimate(LAST, h, items, count, key);
      used = LAST;
    }
    double share = auditedShare(count, used);
    if (CounterBasedRandom.uniform(CounterBasedRandom.bits(key, -1), 0) >= share) {
      return;
    }
    audit(h, items, count);
    if (share == 1 && !used.equals(LAST) && !error().isClean()) {
      estimate(LAST, h, items, count, key);
    }
    if (share == 1 && count <= AFFORDABLE && !error().isClean()) {
      sumExactly(h, items, count);
    } else {
      useAudit(count, share);
    }
  }

  private double auditedShare(int count, PartitionForm form) {
    double estimated =
        partition.headSize() + partition.clusters().count() + (double) form.budget() + form.draws();
    int groups = (count + LANES - 1) / LANES;
    return Math.min(1, AUDITS * groups * Math.min(1, estimated / partition.size()));
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
    auditedCount = Math.min(LANES, count);
    for (int j = 0; j < auditedCount; j++) {
      int i = (int) ((long) j * count / auditedCount);
      auditedVectors[j] = i;
      audited[j] = h[i];
      auditedItems[j] = items[i];
    }
    group.latent(audited, auditedItems, 0, auditedCount);
    group.sumExactly();
    for (int j = 0; j < auditedCount; j++) {
      auditedLogZ[j] = group.logZ(j);
    }
  }

  /** Estimates and returns how far Ẑ is from Z as far as its variance says. */
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
    double variances = 0;
    double largest = 0;
    for (int i = 0; i < count; i++) {
      variances += bias[i];
      largest = Math.max(largest, bias[i]);
    }
    return new ErrorOfZ(Math.sqrt(variances / count), Math.sqrt(largest));
  }

  /** How far Ẑ is from Z at the audited vectors. */
  private ErrorOfZ error() {
    double squares = 0;
    double largest = 0;
    for (int j = 0; j < auditedCount; j++) {
      double error = Math.abs(Math.expm1(logZ[auditedVectors[j]] - auditedLogZ[j]));
      squares += error * error;
      largest = Math.max(largest, error);
    }
    return new ErrorOfZ(Math.sqrt(squares / auditedCount), largest);
  }

  /** The root mean square of Z / Ẑ − 1 at the audited vectors. */
  private double errorOfProbabilities() {
    double squares = 0;
    for (int j = 0; j < auditedCount; j++) {
      double error = Math.expm1(auditedLogZ[j] - logZ[auditedVectors[j]]);
      squares += error * error;
    }
    return Math.sqrt(squares / auditedCount);
  }

  private void useAudit(int count, double share) {
    double error = error().isClean() ? 0 : errorOfProbabilities();
    double ofOthers = (1 / share - 1) * error;
    for (int i = 0; i < count; i++) {
      bias[i] += error + ofOthers;
    }
    for (int j = 0; j < auditedCount; j++) {
      logZ[auditedVectors[j]] = auditedLogZ[j];
      bias[auditedVectors[j]] = ofOthers;
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
