package hindcast.evaluation;

import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Everything mergeable about one slice: the sums of its estimators, how far its probabilities can
 * be trusted, and for how many outcomes its version was the newest of the line. Does not depend on
 * order, except for rounding.
 */
public final class SliceSums {
  private EstimateSet estimates;
  private ScoreQuality quality = new ScoreQuality();
  private long lineOutcomes;

  /** Empty sums of these estimators. */
  public SliceSums(List<EstimatorSpec> estimators) {
    estimates = EstimateSet.of(estimators);
  }

  /**
   * Adds an outcome.
   *
   * @param inForce whether the slice's version is the one the outcome counts for in the line
   */
  public void add(ScoredOutcome outcome, boolean inForce) {
    estimates.add(outcome.scored());
    quality.add(outcome);
    lineOutcomes += inForce ? 1 : 0;
  }

  /** Adds the outcomes of other sums of the same estimators. */
  public void merge(SliceSums other) {
    estimates.merge(other.estimates);
    quality.merge(other.quality);
    lineOutcomes += other.lineOutcomes;
  }

  /** The estimators' sums. */
  public EstimateSet estimates() {
    return estimates;
  }

  /** How far the probabilities can be trusted. */
  public ScoreQuality quality() {
    return quality;
  }

  /** Outcomes for which the version was the newest one whose cut precedes them. */
  public long lineOutcomes() {
    return lineOutcomes;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    estimates.write(out);
    quality.write(out);
    out.writeLong(lineOutcomes);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    estimates = EstimateSet.read(in);
    quality = ScoreQuality.read(in);
    lineOutcomes = in.readLong();
  }
}
