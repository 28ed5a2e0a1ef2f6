package hindcast.criterion;

import hindcast.numeric.CoMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * What an A/B test of a policy is expected to show: the probability that its total reward over N
 * events exceeds (1 + u) times that of the logging policy; u = 0 asks whether the test is positive.
 *
 * <pre>
 *   y = (w − 1 − u) r     μ = N mean(y)     P = Φ(μ/σ)
 *   σ² = N mean(y²)  for a Poisson number of events,   N (mean(y²) − mean(y)²)  for exactly N
 * </pre>
 *
 * <p>Paired on the same events, so the noise that both policies share cancels; σ² is the spread of
 * the estimate, as in the paper. State: co-moments of (w r, r), from which the answer for any N and
 * u follows; mergeable. Not available without events; where y does not vary P is 0, ½ or 1.
 *
 * <p>Source: aggregate-criterion paper; methods 6.
 */
public final class AbTest {
  private static final double LARGEST_WEIGHT = 1e80;
  private static final double LARGEST_HORIZON = 1e15;

  private final CoMoments moments = new CoMoments();

  /** Adds one event: importance weight w of at least 0 and reward r in [0, 1]. */
  public void add(double weight, double reward) {
    if (!(weight >= 0 && weight <= LARGEST_WEIGHT)) {
      throw new IllegalArgumentException("weight must be in [0, 1e80]: " + weight);
    }
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1]: " + reward);
    }
    moments.add(weight * reward, reward);
  }

  /** Adds all events of the other test. */
  public void merge(AbTest other) {
    moments.merge(other.moments);
  }

  /** Events so far. */
  public long n() {
    return moments.n();
  }

  /**
   * P for a Poisson number of events with mean N.
   *
   * @param events N, in (0, 1e15]
   * @param uplift u, at least -1
   */
  public OptionalDouble probabilityOfUplift(double events, double uplift) {
    return probability(events, uplift, true);
  }

  /**
   * P for exactly N events.
   *
   * @param events N, in (0, 1e15]
   * @param uplift u, at least -1
   */
  public OptionalDouble probabilityOfUpliftAtFixedCount(double events, double uplift) {
    return probability(events, uplift, false);
  }

  private OptionalDouble probability(double events, double uplift, boolean poisson) {
    if (!(events > 0 && events <= LARGEST_HORIZON)) {
      throw new IllegalArgumentException("number of events must be in (0, 1e15]: " + events);
    }
    if (!(uplift >= -1 && uplift <= 1e50)) {
      throw new IllegalArgumentException("uplift must be in [-1, 1e50]: " + uplift);
    }
    long n = moments.n();
    if (n == 0) {
      return OptionalDouble.empty();
    }
    double c = 1 + uplift;
    double mean = moments.meanX() - c * moments.meanY();
    double variance =
        Math.max(0, moments.mxx() - 2 * c * moments.mxy() + c * c * moments.myy()) / n;
    double perEvent = poisson ? variance + mean * mean : variance;
    return OptionalDouble.of(new Threshold(0).at(events * mean, events * perEvent).value());
  }

  /**
   * P from moments of y that follow a policy which is still learning.
   *
   * @param moments of y
   * @param events N, above 0
   */
  public static double probabilityOfUplift(PayoffMoments moments, double events) {
    return new Threshold(0).at(events * moments.mean(), events * moments.meanOfSquares()).value();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    moments.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    moments.read(in);
  }
}
