package hindcast.connectors.alert;

import hindcast.avro.Alert;
import java.time.Duration;
import java.util.List;

/** Where alerts are delivered to. Used by one thread. */
public interface Endpoint {
  /** What became of an attempt. */
  enum Outcome {
    /** It has arrived. */
    DELIVERED,
    /** It may arrive another time: no connection, no answer in time, or the server's error. */
    RETRY,
    /** It never will: the endpoint refuses it. */
    REFUSED
  }

  /**
   * An attempt.
   *
   * @param outcome what became of it
   * @param reason why it has not arrived, without the address and other secrets; empty if it has
   */
  record Attempt(Outcome outcome, String reason) {
    /** It has arrived. */
    static final Attempt DELIVERED = new Attempt(Outcome.DELIVERED, "");

    static Attempt retry(String reason) {
      return new Attempt(Outcome.RETRY, reason);
    }

    static Attempt refused(String reason) {
      return new Attempt(Outcome.REFUSED, reason);
    }
  }

  /** Its name in the configuration. */
  String id();

  /** Tries once to deliver an alert; takes a bounded time. */
  Attempt send(Alert alert) throws InterruptedException;

  /** How often alerts that stand must be repeated; zero for never. */
  default Duration repeatEvery() {
    return Duration.ZERO;
  }

  /** Repeats the alerts that stand. */
  default void repeat(List<Alert> standing) throws InterruptedException {}
}
