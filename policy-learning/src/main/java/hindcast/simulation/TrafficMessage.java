package hindcast.simulation;

/** One message of simulated traffic. */
public sealed interface TrafficMessage permits SimulatedImpression, SimulatedReward, BrokenRecord {
  /** What the message is. */
  TrafficKind kind();

  /** When it reaches the broker, microseconds; never before its event time. */
  long arrivalMicros();
}
