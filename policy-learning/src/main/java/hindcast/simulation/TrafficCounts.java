package hindcast.simulation;

import hindcast.simulation.TrafficKind.Stream;
import java.util.Map;

/**
 * How many messages of each kind a {@link Traffic} has handed out: what the ledgers of a run over
 * it must show.
 *
 * @param byKind count of each kind; a kind that is missing counts 0
 * @param rewardsBeforeImpression of the rewards inside the window, those that came first
 * @param withoutPropensity of the impressions (first records), those without one
 */
public record TrafficCounts(
    Map<TrafficKind, Long> byKind, long rewardsBeforeImpression, long withoutPropensity) {

  public TrafficCounts {
    byKind = Map.copyOf(byKind);
  }

  /** Messages of one kind. */
  public long of(TrafficKind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  /** Messages of one stream, broken ones included. */
  public long of(Stream stream) {
    return sum(stream, false);
  }

  /** Broken messages of one stream; rewards after their window are not among them. */
  public long broken(Stream stream) {
    return sum(stream, true);
  }

  private long sum(Stream stream, boolean onlyBroken) {
    return byKind.entrySet().stream()
        .filter(entry -> entry.getKey().stream() == stream)
        .filter(entry -> !onlyBroken || entry.getKey().isBroken())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
