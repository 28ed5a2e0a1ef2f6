package hindcast.criterion;

/**
 * What an A/B test of a policy over N events is expected to show, from the moments of its estimated
 * payoff per event.
 */
public final class AbTest {
  private AbTest() {}

  /**
   * The probability that the total of N events exceeds (1 + uplift) times the logging policy's, in
   * the normal approximation with a Poisson number of events: Φ(μ/σ), μ = N mean(y), σ² = N
   * mean(y²), y = (w − 1 − uplift) r.
   *
   * @param moments of y
   * @param events N, above 0
   */
  public static double probabilityOfUplift(PayoffMoments moments, double events) {
    return new Threshold(0).at(events * moments.mean(), events * moments.meanOfSquares()).value();
  }
}
