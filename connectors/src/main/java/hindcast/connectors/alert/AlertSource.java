package hindcast.connectors.alert;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The records of [regression-alerts] for one endpoint, from the beginning of the topic. Used by one
 * thread.
 */
public interface AlertSource extends AutoCloseable {
  /**
   * A record.
   *
   * @param record an alert or an acknowledgement; null if it could not be read
   * @param partition where it lies
   * @param offset its place there
   * @param isSettled whether it was delivered or given up before a restart
   */
  record Positioned(Object record, int partition, long offset, boolean isSettled) {}

  /** What has come; waits up to {@code wait} for it. */
  List<Positioned> poll(Duration wait);

  /**
   * Records below these offsets, by partition, are settled.
   *
   * @return false if this could not be remembered now and has to be said again
   */
  boolean commit(Map<Integer, Long> offsets);

  @Override
  void close();
}
