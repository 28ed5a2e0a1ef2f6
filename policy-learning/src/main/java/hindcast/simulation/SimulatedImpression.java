package hindcast.simulation;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * An impression as a producer writes it, right or wrong: of kinds {@link
 * TrafficKind#INVALID_PROPENSITY} and {@link TrafficKind#INVALID_CONTEXT} the values are invalid.
 *
 * @param kind what it is
 * @param arrivalMicros when it reaches the broker
 * @param impressionId unique, zero-padded, increasing with time; the same for a copy
 * @param eventTimeMicros when the item was shown
 * @param segment discrete key of the context
 * @param features x; read only, shared by all impressions of one context
 * @param itemId what was shown
 * @param propensity p, absent where the producer does not say
 */
public record SimulatedImpression(
    TrafficKind kind,
    long arrivalMicros,
    String impressionId,
    long eventTimeMicros,
    String segment,
    float[] features,
    String itemId,
    OptionalDouble propensity)
    implements TrafficMessage {

  @Override
  public boolean equals(Object other) {
    return other instanceof SimulatedImpression that
        && kind == that.kind
        && arrivalMicros == that.arrivalMicros
        && impressionId.equals(that.impressionId)
        && eventTimeMicros == that.eventTimeMicros
        && segment.equals(that.segment)
        && Arrays.equals(features, that.features)
        && itemId.equals(that.itemId)
        && propensity.equals(that.propensity);
  }

  @Override
  public int hashCode() {
    return 31 * impressionId.hashCode() + Long.hashCode(arrivalMicros);
  }
}
