package hindcast.evaluation;

import hindcast.estimator.DecayedEstimator;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.PointEstimate;
import hindcast.gate.TestEvidence;
import hindcast.numeric.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything mergeable about one slice: the sums of its estimators, the paired difference to the
 * logging policy {@code mean((w - 1) r)}, what an A/B test of it would show, how far its
 * probabilities can be trusted, and for how many outcomes its version was the newest of the line.
 * Does not depend on order, except for rounding.
 */
public final class SliceSums {
  private static final long NO_DECAY = 0;

  private final List<DecayedEstimator> decayed = new ArrayList<>();
  private EstimateSet estimates;
  private ScoreQuality quality = new ScoreQuality();
  private final Moments difference = new Moments();
  private final TestEvidence test = new TestEvidence();
  private long lineOutcomes;

  /** Empty sums of these estimators without decayed ones. */
  public SliceSums(List<EstimatorSpec> estimators) {
    this(estimators, NO_DECAY);
  }

  /**
   * Empty sums of these estimators.
   *
   * @param halfLifeMicros half-life of the decayed estimates beside them; 0 for none
   */
  public SliceSums(List<EstimatorSpec> estimators, long halfLifeMicros) {
    estimates = EstimateSet.of(estimators);
    if (halfLifeMicros > NO_DECAY) {
      estimators.forEach(spec -> decayed.add(new DecayedEstimator(spec, halfLifeMicros)));
    }
  }

  /**
   * Adds an outcome.
   *
   * @param inForce whether the slice's version is the one the outcome counts for in the line
   */
  public void add(ScoredOutcome outcome, boolean inForce) {
    estimates.add(outcome.scored());
    quality.add(outcome);
    double weight = outcome.scored().weight();
    double reward = outcome.scored().reward();
    difference.add((weight - 1) * reward);
    test.add(weight, reward);
    lineOutcomes += inForce ? 1 : 0;
    for (DecayedEstimator estimator : decayed) {
      if (estimator.accepts(outcome.scored())) {
        estimator.add(outcome.scored(), outcome.eventTimeMicros());
      }
    }
  }

  /**
   * Adds the outcomes of other sums of the same estimators. Decayed ones are merged where both
   * sides keep them.
   */
  public void merge(SliceSums other) {
    estimates.merge(other.estimates);
    quality.merge(other.quality);
    difference.merge(other.difference);
    test.merge(other.test);
    lineOutcomes += other.lineOutcomes;
    for (int k = 0; k < Math.min(decayed.size(), other.decayed.size()); k++) {
      decayed.get(k).merge(other.decayed.get(k));
    }
  }

  /** Whether no outcome was added. */
  public boolean isEmpty() {
    return difference.n() == 0;
  }

  /** The decayed estimates in the order of the estimators; empty where none are kept. */
  public List<PointEstimate> decayed() {
    return decayed.stream().map(DecayedEstimator::estimate).toList();
  }

  /** The estimators' sums. */
  public EstimateSet estimates() {
    return estimates;
  }

  /** How far the probabilities can be trusted. */
  public ScoreQuality quality() {
    return quality;
  }

  /** The paired difference to the logging policy, rewards in [0, 1], by IPS. */
  public PointEstimate difference() {
    return PointEstimate.ofMean(difference);
  }

  /** What an A/B test against the logging policy would show, rewards in [0, 1]. */
  public TestEvidence test() {
    return test;
  }

  /** Outcomes for which the version was the newest one whose cut precedes them. */
  public long lineOutcomes() {
    return lineOutcomes;
  }

  /** Writes the complete state; which estimates decay is not part of it. */
  public void write(DataOutput out) throws IOException {
    estimates.write(out);
    quality.write(out);
    difference.write(out);
    test.write(out);
    out.writeLong(lineOutcomes);
    for (DecayedEstimator estimator : decayed) {
      estimator.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    estimates = EstimateSet.read(in);
    quality = ScoreQuality.read(in);
    difference.read(in);
    test.read(in);
    lineOutcomes = in.readLong();
    for (DecayedEstimator estimator : decayed) {
      estimator.read(in);
    }
  }
}
