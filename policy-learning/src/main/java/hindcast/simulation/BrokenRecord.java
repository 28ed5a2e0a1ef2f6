package hindcast.simulation;

import java.util.Arrays;

/**
 * Bytes that are no record.
 *
 * @param kind {@link TrafficKind#GARBAGE_IMPRESSION} or {@link TrafficKind#GARBAGE_REWARD}
 * @param arrivalMicros when they reach the broker
 * @param bytes at least one; read only
 */
public record BrokenRecord(TrafficKind kind, long arrivalMicros, byte[] bytes)
    implements TrafficMessage {

  @Override
  public boolean equals(Object other) {
    return other instanceof BrokenRecord that
        && kind == that.kind
        && arrivalMicros == that.arrivalMicros
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(arrivalMicros) + Arrays.hashCode(bytes);
  }
}
