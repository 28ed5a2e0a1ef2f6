package hindcast.interval;

/**
 * Level of intervals of which one is to be looked at after a choice among all of them: Bonferroni's
 *
 * <pre>
 *   alpha_K = alpha / K      P(every interval covers) &gt;= 1 - K alpha_K = 1 - alpha
 * </pre>
 *
 * so the interval of whichever candidate is chosen, by whatever rule that looks at the same data,
 * covers with probability at least 1 - alpha, with alpha = 0.05. It needs nothing of how the
 * candidates' estimates depend on each other. With one candidate it is the 95 % interval, bit for
 * bit.
 *
 * <p>Dunn, Multiple comparisons among means, JASA 56 (1961).
 *
 * @param candidates K, at least 1
 */
public record SimultaneousLevel(int candidates) {
  /** alpha. */
  public static final double ALPHA = 0.05;

  public SimultaneousLevel {
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates must be at least 1: " + candidates);
    }
  }

  /** alpha_K, of each interval. */
  public double alpha() {
    return ALPHA / candidates;
  }

  /** 1 - alpha_K, the level each interval is stated at. */
  public double level() {
    return 1 - alpha();
  }

  /** The normal interval of a value at this level. */
  public Interval normal(double value, double standardError) {
    return candidates == 1
        ? NormalInterval.of(value, standardError)
        : NormalInterval.of(value, standardError, level());
  }
}
