package hindcast.gate;

/**
 * How long an A/B test runs: a number of events of both arms together, or a duration, which becomes
 * a number of events by the rate of the log.
 *
 * @param events above 0; 0 where the duration says it
 * @param micros microseconds, above 0; 0 where the number of events says it
 */
public record TestLength(double events, long micros) {
  public TestLength {
    if (!(events >= 0 && events < Double.POSITIVE_INFINITY) || micros < 0) {
      throw new IllegalArgumentException(
          "length of a test must not be negative: " + events + " events, " + micros + " us");
    }
    if ((events > 0) == (micros > 0)) {
      throw new IllegalArgumentException(
          "length of a test is a number of events or a duration, one of them: "
              + events
              + " events, "
              + micros
              + " us");
    }
  }

  /** So many events. */
  public static TestLength ofEvents(double events) {
    return new TestLength(events, 0);
  }

  /** So many microseconds. */
  public static TestLength ofMicros(long micros) {
    return new TestLength(0, micros);
  }

  /** Its number of events, at least 2 and at most 1e15, at a rate per microsecond. */
  public double events(double perMicro) {
    double all = events > 0 ? events : micros * perMicro;
    return Math.min(1e15, Math.max(2, all));
  }
}
