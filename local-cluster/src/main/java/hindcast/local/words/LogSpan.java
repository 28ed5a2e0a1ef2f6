package hindcast.local.words;

/**
 * The event times of a log.
 *
 * @param firstMicros the smallest; 0 without impressions
 * @param lastMicros the largest
 */
public record LogSpan(long firstMicros, long lastMicros) {
  /** 3 March 1973. Logs whose lines are numbered instead have smaller times. */
  private static final long DATED_FROM_MICROS = 100_000_000_000_000L;

  public LogSpan {
    if (firstMicros > lastMicros) {
      throw new IllegalArgumentException(
          "a log must not end before it begins: " + firstMicros + " to " + lastMicros);
    }
  }

  /** Whether times are dates; some logs number their lines instead. */
  public boolean isDated() {
    return firstMicros >= DATED_FROM_MICROS && lastMicros > firstMicros;
  }

  /** Impressions per microsecond; 0 where they have no extent in time. */
  double perMicro(long impressions) {
    return lastMicros > firstMicros ? (impressions - 1) / (double) (lastMicros - firstMicros) : 0;
  }

  /** The nearest time inside. */
  public long inside(long micros) {
    return Math.max(firstMicros, Math.min(lastMicros, micros));
  }
}
