package hindcast.jobs.state;

import hindcast.avro.CatalogueManifest;
import java.util.Map;
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
    CatalogueManifest latest = null;
    for (Map.Entry<Long, CatalogueManifest> entry : state.immutableEntries()) {
      boolean holds = entry.getKey() <= timeMicros;
      if (holds && (latest == null || entry.getKey() > latest.getEffectiveTimeMicros())) {
        latest = entry.getValue();
      }
    }
    if (latest == null) {
      throw new IllegalStateException(
          "no catalogue manifest is in force at event time "
              + timeMicros
              + " us: publish one to the catalogue topic that is effective at or before it");
    }
    return latest;
  }
}
