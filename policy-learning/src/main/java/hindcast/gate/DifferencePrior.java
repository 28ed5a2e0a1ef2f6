package hindcast.gate;

/**
 * What is believed of a policy's difference to the logging policy before its log is seen: Normal.
 * Differences that earlier tests measured give it; without any, {@link #FLAT}.
 *
 * @param mean in units of the reward
 * @param standardDeviation above 0; infinite for no belief
 */
public record DifferencePrior(double mean, double standardDeviation) {
  /** No belief: the log speaks alone. */
  public static final DifferencePrior FLAT = new DifferencePrior(0, Double.POSITIVE_INFINITY);

  public DifferencePrior {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean of the prior must be finite: " + mean);
    }
    if (!(standardDeviation > 0)) {
      throw new IllegalArgumentException(
          "standard deviation of the prior must be above 0: " + standardDeviation);
    }
  }

  /** Weight of an estimate against the prior, in (0, 1]: 1 / (1 + variance / sd²). */
  double weightOf(double variance) {
    return 1 / (1 + variance / standardDeviation / standardDeviation);
  }
}
