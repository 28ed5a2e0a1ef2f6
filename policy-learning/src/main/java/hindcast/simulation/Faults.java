package hindcast.simulation;

import java.util.OptionalDouble;

/** Draws broken records, each with an id of its own, so that they touch no valid impression. */
final class Faults {
  private static final TrafficKind[] KINDS = {
    TrafficKind.GARBAGE_IMPRESSION,
    TrafficKind.INVALID_PROPENSITY,
    TrafficKind.INVALID_CONTEXT,
    TrafficKind.GARBAGE_REWARD,
    TrafficKind.INVALID_REWARD,
    TrafficKind.ORPHAN_REWARD
  };
  private static final double[] NO_PROPENSITIES = {0, -.2, 1.7, Double.NaN};

  private final SyntheticWorld world;
  private final SeededRandom random;
  private long number;

  Faults(SyntheticWorld world, SeededRandom random) {
    this.world = world;
    this.random = random;
  }

  /** A broken record of any kind. */
  TrafficMessage next(long eventTimeMicros, long arrivalMicros) {
    TrafficKind kind = KINDS[random.nextInt(KINDS.length)];
    String id = "broken-" + ZeroPadded.text(number++, 12);
    return switch (kind) {
      case INVALID_PROPENSITY, INVALID_CONTEXT ->
          impression(kind, eventTimeMicros, arrivalMicros, id);
      case INVALID_REWARD ->
          new SimulatedReward(kind, arrivalMicros, id, "click", eventTimeMicros, Double.NaN);
      case ORPHAN_REWARD ->
          new SimulatedReward(kind, arrivalMicros, id, "click", eventTimeMicros, 1);
      default -> garbage(kind, arrivalMicros);
    };
  }

  private SimulatedImpression impression(
      TrafficKind kind, long eventTimeMicros, long arrivalMicros, String id) {
    int m = random.nextInt(world.contexts());
    float[] features = world.context(m).values();
    double propensity = .5;
    if (kind == TrafficKind.INVALID_CONTEXT) {
      features = features.clone();
      features[random.nextInt(features.length)] = Float.NaN;
    } else {
      propensity = NO_PROPENSITIES[random.nextInt(NO_PROPENSITIES.length)];
    }
    return new SimulatedImpression(
        kind,
        arrivalMicros,
        id,
        eventTimeMicros,
        world.segment(m),
        features,
        world.catalogue().idOf(random.nextInt(world.catalogue().size())),
        OptionalDouble.of(propensity));
  }

  private BrokenRecord garbage(TrafficKind kind, long arrivalMicros) {
    byte[] bytes = new byte[1 + random.nextInt(64)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextLong();
    }
    return new BrokenRecord(kind, arrivalMicros, bytes);
  }
}
