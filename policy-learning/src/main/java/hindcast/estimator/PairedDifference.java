package hindcast.estimator;

import hindcast.numeric.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Difference of the values of two policies on the same stream by a mean-type estimator: {@code
 * mean(y_a - y_b)} with the variance of the differences, so that common noise cancels.
 *
 * <p>Against the logging policy give the second event pi = p, weight 1. The difference of a policy
 * to itself is exactly 0. Mergeable. The anytime form is {@code DifferenceSequence}.
 */
public final class PairedDifference {
  private final ValueEstimator terms;
  private final Moments differences = new Moments();

  /**
   * @param spec a mean-type estimator: IPS, DR, ...
   */
  public PairedDifference(EstimatorSpec spec) {
    terms = spec.create();
    if (!isMean(terms)) {
      throw new IllegalArgumentException(
          spec + " is not a mean over events; use IPS, CIPS_CAP, DR, ...");
    }
  }

  /** Whether the estimator is a mean over events. */
  public static boolean accepts(EstimatorSpec spec) {
    return isMean(spec.create());
  }

  private static boolean isMean(ValueEstimator terms) {
    return terms instanceof MeanEstimator || terms instanceof Ips;
  }

  /** Adds one event as the two policies see it. */
  public void add(ScoredFeedback a, ScoredFeedback b) {
    terms.requireFields(a);
    terms.requireFields(b);
    differences.add(term(a) - term(b));
  }

  private double term(ScoredFeedback f) {
    return terms instanceof MeanEstimator mean ? mean.term(f) : f.weight() * f.reward();
  }

  /** Adds all events of the other instance. */
  public void merge(PairedDifference other) {
    if (!terms.spec().equals(other.terms.spec())) {
      throw new IllegalArgumentException(
          "estimators must be equal to merge: " + terms.spec() + " and " + other.terms.spec());
    }
    differences.merge(other.differences);
  }

  /** The difference with its standard error. */
  public PointEstimate estimate() {
    return PointEstimate.ofMean(differences);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    differences.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    differences.read(in);
  }
}
