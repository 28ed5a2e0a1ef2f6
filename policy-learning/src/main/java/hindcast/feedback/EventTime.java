package hindcast.feedback;

/**
 * The rule for the time of a record: microseconds since 1970, before the year 10000, and at most a
 * tolerance after the broker stored the record.
 *
 * @param futureToleranceMicros how far an event time may lie after the append time, at least 0
 */
public record EventTime(long futureToleranceMicros) {
  /** Append time of a record that no broker has stored: the future is then not checked. */
  public static final long NO_APPEND_TIME = Long.MIN_VALUE;

  private static final long END_MICROS = 253_402_300_800_000_000L;

  public EventTime {
    if (futureToleranceMicros < 0) {
      throw new IllegalArgumentException(
          "future tolerance must be at least 0: " + futureToleranceMicros + " microseconds");
    }
  }

  /** Whether a time lies in the years 1970 to 9999. */
  public static boolean isValid(long micros) {
    return micros >= 0 && micros < END_MICROS;
  }

  /**
   * Checks the time of a record.
   *
   * @param micros the event time
   * @param appendTimeMillis broker's append time, or {@link #NO_APPEND_TIME}
   * @param where what the message ends with: the impression, or nothing
   * @return null when valid
   */
  public Reject check(long micros, long appendTimeMillis, String where) {
    if (!isValid(micros)) {
      return new Reject(
          Rejection.INVALID_TIME,
          "event time must be microseconds since 1970 and before the year 10000: "
              + micros
              + where);
    }
    if (appendTimeMillis != NO_APPEND_TIME
        && micros - futureToleranceMicros > micros(appendTimeMillis)) {
      return new Reject(
          Rejection.FUTURE_TIME,
          "event time must be at most "
              + futureToleranceMicros
              + " microseconds after the broker stored the record ("
              + appendTimeMillis
              + " ms): "
              + micros
              + where
              + "; check the producer's clock and its unit, or raise time.future-tolerance");
    }
    return null;
  }

  /** Append times far outside the valid years keep their side of it. */
  private static long micros(long appendTimeMillis) {
    return Math.max(-1, Math.min(END_MICROS / 1000, appendTimeMillis)) * 1000;
  }
}
