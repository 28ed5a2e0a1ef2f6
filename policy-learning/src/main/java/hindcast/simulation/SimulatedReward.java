package hindcast.simulation;

/**
 * A reward as a producer writes it; of kind {@link TrafficKind#INVALID_REWARD} the value is NaN.
 *
 * @param kind what it is
 * @param arrivalMicros when it reaches the broker
 * @param impressionId what it rewards
 * @param rewardId unique within the impression; the same for a copy
 * @param eventTimeMicros when it happened, never before its impression
 * @param value r, 1 unless invalid
 */
public record SimulatedReward(
    TrafficKind kind,
    long arrivalMicros,
    String impressionId,
    String rewardId,
    long eventTimeMicros,
    double value)
    implements TrafficMessage {}
