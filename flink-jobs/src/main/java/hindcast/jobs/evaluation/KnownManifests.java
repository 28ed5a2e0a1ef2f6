package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/** The manifests an operator knows, in order of the event time from which they hold. */
final class KnownManifests {
  private NavigableMap<Long, CatalogueManifest> byTime = new TreeMap<>();
  private int edition;

  /** Takes over what the broadcast state holds. */
  void read(ReadOnlyBroadcastState<Long, CatalogueManifest> state) throws Exception {
    NavigableMap<Long, CatalogueManifest> now = new TreeMap<>();
    for (Map.Entry<Long, CatalogueManifest> entry : state.immutableEntries()) {
      now.put(entry.getKey(), entry.getValue());
    }
    if (!now.equals(byTime)) {
      byTime = now;
      edition++;
    }
  }

  /** A manifest may mean another file than before: whoever remembers a choice makes it again. */
  void renew() {
    edition++;
  }

  /** Grows when a choice made before may be another one now. */
  int edition() {
    return edition;
  }

  /** The manifest in force at a time and those it superseded, if they are wanted; latest first. */
  List<CatalogueManifest> inForce(long timeMicros, Predicate<CatalogueManifest> wanted) {
    return byTime.headMap(timeMicros, true).descendingMap().values().stream()
        .filter(wanted)
        .toList();
  }

  /** Until when what is in force at a time stays in force, exclusive. */
  long until(long timeMicros) {
    Long next = byTime.higherKey(timeMicros);
    return next == null ? Long.MAX_VALUE : next;
  }

  /** Since when what is in force at a time is in force. */
  long since(long timeMicros) {
    Long last = byTime.floorKey(timeMicros);
    return last == null ? Long.MIN_VALUE : last;
  }
}
