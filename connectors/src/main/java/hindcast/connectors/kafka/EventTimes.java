package hindcast.connectors.kafka;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.PolicyControl;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import org.apache.avro.specific.SpecificRecord;

/** What a decoded input record is, and the event time it carries. */
final class EventTimes {
  private EventTimes() {}

  static RawRecord.Kind kind(SpecificRecord payload) {
    if (payload instanceof TimeMarker marker) {
      return marker.getClosing() ? RawRecord.Kind.CLOSING : RawRecord.Kind.MARKER;
    }
    return RawRecord.Kind.DATA;
  }

  /** The stream a record belongs to; UNKNOWN for markers and for what is no input. */
  static InputStream stream(SpecificRecord payload) {
    if (payload instanceof Impression) {
      return InputStream.IMPRESSIONS;
    }
    if (payload instanceof Reward) {
      return InputStream.REWARDS;
    }
    if (payload instanceof CatalogueManifest) {
      return InputStream.CATALOGUE;
    }
    return payload instanceof PolicyControl ? InputStream.POLICY_CONTROL : InputStream.UNKNOWN;
  }

  /** Microseconds since 1970. */
  static long micros(SpecificRecord payload) {
    if (payload instanceof Impression impression) {
      return impression.getEventTimeMicros();
    }
    if (payload instanceof Reward reward) {
      return reward.getEventTimeMicros();
    }
    if (payload instanceof TimeMarker marker) {
      return marker.getEventTimeMicros();
    }
    if (payload instanceof CatalogueManifest manifest) {
      return manifest.getEffectiveTimeMicros();
    }
    if (payload instanceof PolicyControl control) {
      return control.getEffectiveTimeMicros();
    }
    throw new IllegalArgumentException("not an input: " + payload.getSchema().getName());
  }
}
