package hindcast.jobs.state;

import hindcast.avro.CatalogueManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * The catalogue manifests a job knows, as broadcast state: small records that name a file, never
 * the vectors. A manifest holds from the event time it carries, not from its arrival.
 */
public final class CatalogueManifests {
  /** Broadcast state: effective time in microseconds -> manifest. */
  public static final MapStateDescriptor<Long, CatalogueManifest> STATE =
      new MapStateDescriptor<>(
          "catalogue-manifests", Types.LONG, new AvroTypeInfo<>(CatalogueManifest.class));

  private CatalogueManifests() {}

  /** Remembers a manifest. */
  public static void add(BroadcastState<Long, CatalogueManifest> state, CatalogueManifest manifest)
      throws Exception {
    state.put(manifest.getEffectiveTimeMicros(), manifest);
  }

  /**
   * The manifest in force at {@code timeMicros}: the one with the latest effective time at or
   * before it.
   *
   * @throws IllegalStateException if there is none
   */
  public static CatalogueManifest inForce(
      ReadOnlyBroadcastState<Long, CatalogueManifest> state, long timeMicros) throws Exception {
    return inForceLatestFirst(state, timeMicros).get(0);
  }

  /** The manifest in force at a time, if there is one, and the next to come, if one is known. */
  public static List<CatalogueManifest> next(
      ReadOnlyBroadcastState<Long, CatalogueManifest> state, long timeMicros) throws Exception {
    CatalogueManifest last = null;
    CatalogueManifest next = null;
    for (Map.Entry<Long, CatalogueManifest> entry : state.immutableEntries()) {
      CatalogueManifest manifest = entry.getValue();
      long from = entry.getKey();
      if (from <= timeMicros) {
        last = last == null || last.getEffectiveTimeMicros() < from ? manifest : last;
      } else {
        next = next == null || next.getEffectiveTimeMicros() > from ? manifest : next;
      }
    }
    return Stream.of(last, next).filter(Objects::nonNull).toList();
  }

  /**
   * The manifest in force at {@code timeMicros} and those it superseded, latest first.
   *
   * @throws IllegalStateException if there is none
   */
  public static List<CatalogueManifest> inForceLatestFirst(
      ReadOnlyBroadcastState<Long, CatalogueManifest> state, long timeMicros) throws Exception {
    List<CatalogueManifest> inForce = new ArrayList<>();
    for (Map.Entry<Long, CatalogueManifest> entry : state.immutableEntries()) {
      if (entry.getKey() <= timeMicros) {
        inForce.add(entry.getValue());
      }
    }
    if (inForce.isEmpty()) {
      throw new IllegalStateException(
          "no catalogue manifest is in force at event time "
              + timeMicros
              + " us: publish one to the catalogue topic that is effective at or before it");
    }
    inForce.sort(Comparator.comparing(CatalogueManifest::getEffectiveTimeMicros).reversed());
    return inForce;
  }
}
