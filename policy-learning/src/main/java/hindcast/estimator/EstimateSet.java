package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The configured estimators of one policy version in one segment, fed together.
 *
 * <p>Weight moments are kept once: for the support diagnostics and for all estimators that are
 * functions of them (IPS, SNIPS, ...). An event that lacks a field some estimator needs is counted
 * there as refused and still added to the others.
 *
 * <p>Life as {@link ValueEstimator}: add, merge, estimate, write, read.
 */
public final class EstimateSet {
  private static final int FORMAT = 1;

  private final WeightMoments weights = new WeightMoments();
  private final List<ValueEstimator> estimators = new ArrayList<>();
  private final ValueEstimator[] ownState;
  private final long[] refused;

  private EstimateSet(List<EstimatorSpec> specs) {
    List<ValueEstimator> own = new ArrayList<>();
    for (EstimatorSpec spec : specs) {
      ValueEstimator estimator = spec.create(weights);
      estimators.add(estimator);
      if (!(estimator instanceof WeightMomentsEstimator)) {
        own.add(estimator);
      }
    }
    ownState = own.toArray(ValueEstimator[]::new);
    refused = new long[ownState.length];
  }

  /** An empty set of these estimators, reported in this order. */
  public static EstimateSet of(List<EstimatorSpec> specs) {
    return new EstimateSet(specs);
  }

  /** Adds one event to every estimator that has the fields it needs. */
  public void add(ScoredFeedback f) {
    weights.add(f.weight(), f.reward());
    for (int k = 0; k < ownState.length; k++) {
      if (ownState[k].accepts(f)) {
        ownState[k].accumulate(f);
      } else {
        refused[k]++;
      }
    }
  }

  /** Adds all events of a set with the same estimators. */
  public void merge(EstimateSet other) {
    if (!specs().equals(other.specs())) {
      throw new IllegalArgumentException(
          "estimators must be equal to merge: " + specs() + " and " + other.specs());
    }
    weights.merge(other.weights);
    for (int k = 0; k < ownState.length; k++) {
      ownState[k].mergeState(other.ownState[k]);
      refused[k] += other.refused[k];
    }
  }

  /** Events added. */
  public long n() {
    return weights.n();
  }

  /** Weight moments, for diagnostics. */
  public WeightMoments weights() {
    return weights;
  }

  /** The estimators, in order. */
  public List<EstimatorSpec> specs() {
    return estimators.stream().map(ValueEstimator::spec).toList();
  }

  /** All estimates, in order. */
  public List<Line> estimates(SupportRule rule) {
    List<Line> lines = new ArrayList<>();
    int own = 0;
    for (ValueEstimator estimator : estimators) {
      long missing = own < ownState.length && ownState[own] == estimator ? refused[own++] : 0;
      lines.add(
          new Line(
              estimator.spec(),
              Estimate.of(estimator.estimate(), estimator.supportWeights(weights), rule),
              missing));
    }
    return lines;
  }

  /** Writes estimators and state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(estimators.size());
    for (ValueEstimator estimator : estimators) {
      out.writeUTF(estimator.spec().toString());
    }
    weights.write(out);
    for (int k = 0; k < ownState.length; k++) {
      ownState[k].write(out);
      out.writeLong(refused[k]);
    }
  }

  /** Reads a set that {@link #write} wrote. */
  public static EstimateSet read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("estimate state must have format " + FORMAT + ": " + format);
    }
    List<EstimatorSpec> specs = new ArrayList<>();
    for (int k = in.readInt(); k > 0; k--) {
      specs.add(EstimatorSpec.parse(in.readUTF()));
    }
    EstimateSet set = new EstimateSet(specs);
    set.weights.read(in);
    for (int k = 0; k < set.ownState.length; k++) {
      set.ownState[k].read(in);
      set.refused[k] = in.readLong();
    }
    return set;
  }

  /**
   * One line of a report.
   *
   * @param spec estimator and parameters
   * @param estimate what it says
   * @param refused events that lacked a field it needs
   */
  public record Line(EstimatorSpec spec, Estimate estimate, long refused) {}
}
