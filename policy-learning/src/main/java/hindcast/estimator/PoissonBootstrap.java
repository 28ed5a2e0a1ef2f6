package hindcast.estimator;

import hindcast.interval.Interval;
import hindcast.numeric.CounterBasedRandom;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Streaming bootstrap, for estimators that have no standard error of their own (CRESSIE_READ,
 * DICE_S).
 *
 * <p>Each of B replicates is the same estimator fed each unit Poisson(1) times. The counts are a
 * function of (seed, unit, replicate), so a replay gives the same numbers and replicates of two
 * streams merge. The unit is an event, or a block of events that belong together (a window, a
 * user): events of one unit enter together.
 *
 * <p>Standard error: standard deviation over replicates. Interval: percentiles. Replicates without
 * an estimate are left out; with fewer than half available there is no result.
 *
 * <p>Efron, Annals of Statistics 7 (1979), 1-26; Chamandy et al., Estimating Uncertainty for
 * Massive Data Streams, 2012.
 */
public final class PoissonBootstrap {
  private final ValueEstimator[] replicates;
  private final long seed;

  /**
   * @param spec the estimator
   * @param replicates B, at least 20; 200 for a standard error, 1,000 for an interval
   * @param seed of the counts
   */
  public PoissonBootstrap(EstimatorSpec spec, int replicates, long seed) {
    if (replicates < 20) {
      throw new IllegalArgumentException("replicates must be at least 20: " + replicates);
    }
    this.seed = seed;
    this.replicates = new ValueEstimator[replicates];
    for (int b = 0; b < replicates; b++) {
      this.replicates[b] = spec.create();
    }
  }

  /**
   * Adds one event.
   *
   * @param unit what is resampled as a whole: an impression id, a window, a user
   */
  public void add(ScoredFeedback f, String unit) {
    long key = CounterBasedRandom.key(seed, "bootstrap", 0, unit);
    for (int b = 0; b < replicates.length; b++) {
      for (int k = poisson(CounterBasedRandom.uniform(key, b)); k > 0; k--) {
        replicates[b].add(f);
      }
    }
  }

  /** The count whose distribution function first exceeds u. */
  private static int poisson(double u) {
    double term = Math.exp(-1);
    double sum = term;
    int k = 0;
    while (u > sum && k < 20) {
      k++;
      term /= k;
      sum += term;
    }
    return k;
  }

  /** Adds all events of the other instance. */
  public void merge(PoissonBootstrap other) {
    if (seed != other.seed || replicates.length != other.replicates.length) {
      throw new IllegalArgumentException(
          "seed and replicates must be equal to merge: " + seed + " and " + other.seed);
    }
    for (int b = 0; b < replicates.length; b++) {
      replicates[b].merge(other.replicates[b]);
    }
  }

  /** Standard deviation of the estimate over the replicates. */
  public OptionalDouble standardError() {
    double[] values = values();
    if (values.length < 2 || values.length < replicates.length / 2) {
      return OptionalDouble.empty();
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return OptionalDouble.of(Math.sqrt(sum / (values.length - 1)));
  }

  /** Percentile interval at a level in (0, 1). */
  public Optional<Interval> interval(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be in (0, 1): " + level);
    }
    double[] values = values();
    if (values.length < 2 || values.length < replicates.length / 2) {
      return Optional.empty();
    }
    Arrays.sort(values);
    int cut = (int) Math.floor((1 - level) / 2 * (values.length - 1));
    return Optional.of(new Interval(values[cut], values[values.length - 1 - cut]));
  }

  private double[] values() {
    return Arrays.stream(replicates)
        .map(replicate -> replicate.estimate().value())
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    for (ValueEstimator replicate : replicates) {
      replicate.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    for (ValueEstimator replicate : replicates) {
      replicate.read(in);
    }
  }
}
