package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.Samples;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.feedback.Rejection;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class InputDecoderTest {
  private static final long APPENDED_MILLIS = 1_000_000;
  private static final long LAST_ALLOWED_MICROS = 1_000_000_000 + 300_000_000;

  private final InputDecoder decoder = new InputDecoder(Duration.ofMinutes(5));
  private final WireFormat wire = new WireFormat();

  @Test
  void dataCarriesItsTimeAndPayload() {
    Impression impression = Samples.impression("1", 5_000_000);
    RawRecord record = decode(InputStream.IMPRESSIONS, impression, APPENDED_MILLIS);
    assertThat(record.kind()).isEqualTo(Kind.DATA);
    assertThat(record.isData()).isTrue();
    assertThat(record.eventTimeMicros()).isEqualTo(5_000_000);
    assertThat(record.payload(Impression.class)).isEqualTo(impression);
    assertThat(record.value()).isEqualTo(wire.encode(impression));
  }

  @Test
  void markersAreKnownInEveryStream() {
    for (InputStream stream : InputStream.values()) {
      assertThat(decode(stream, new TimeMarker(1L, false), -1).kind()).isEqualTo(Kind.MARKER);
      assertThat(decode(stream, new TimeMarker(1L, true), -1).kind()).isEqualTo(Kind.CLOSING);
    }
  }

  @Test
  void aRecordOfAnotherStreamIsPoison() {
    RawRecord record = decode(InputStream.REWARDS, Samples.impression("1", 5), -1);
    assertPoison(record, Rejection.MALFORMED);
    assertThat(record.reject().detail()).contains("Impression");
    assertThatThrownBy(() -> record.payload(Impression.class))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void garbageIsPoisonAndKeepsItsBytes() {
    byte[] garbage = {1, 2, 3};
    RawRecord record = decoder.decode(InputStream.IMPRESSIONS, "t", 1, 2, 3, garbage);
    assertPoison(record, Rejection.MALFORMED);
    assertThat(record.value()).isSameAs(garbage);
    assertThat(record.eventTimeMicros()).isEqualTo(RawRecord.NO_EVENT_TIME);
  }

  @Test
  void theFutureBeginsAfterTheTolerance() {
    Reward last = new Reward("i", "r", LAST_ALLOWED_MICROS, 1.0, "");
    Reward future = new Reward("i", "r", LAST_ALLOWED_MICROS + 1, 1.0, "");
    TimeMarker marker = new TimeMarker(LAST_ALLOWED_MICROS + 1, false);
    assertThat(decode(InputStream.REWARDS, last, APPENDED_MILLIS).isData()).isTrue();
    assertPoison(decode(InputStream.REWARDS, future, APPENDED_MILLIS), Rejection.FUTURE_TIME);
    assertPoison(decode(InputStream.REWARDS, marker, APPENDED_MILLIS), Rejection.FUTURE_TIME);
    assertThat(decode(InputStream.REWARDS, future, RawRecord.NO_APPEND_TIME).isData()).isTrue();
  }

  @Test
  void aManifestMayBeScheduled() {
    CatalogueManifest manifest = Samples.manifest();
    manifest.setEffectiveTimeMicros(LAST_ALLOWED_MICROS * 2);
    assertThat(decode(InputStream.CATALOGUE, manifest, APPENDED_MILLIS).isData()).isTrue();
  }

  @Test
  void timesOutsideTheCalendarArePoison() {
    for (long time : new long[] {Long.MIN_VALUE, -1, 253_402_300_800_000_000L, Long.MAX_VALUE}) {
      RawRecord record = decode(InputStream.REWARDS, new Reward("i", "r", time, 1.0, ""), -1);
      assertPoison(record, Rejection.INVALID_TIME);
    }
  }

  @Test
  void theTimeOfAClosingMarkerIsNotLookedAt() {
    TimeMarker closing = new TimeMarker(Long.MAX_VALUE, true);
    assertThat(decode(InputStream.REWARDS, closing, 1).kind()).isEqualTo(Kind.CLOSING);
  }

  private RawRecord decode(InputStream stream, SpecificRecord record, long appendTimeMillis) {
    return decoder.decode(stream, "topic", 0, 7, appendTimeMillis, wire.encode(record));
  }

  private static void assertPoison(RawRecord record, Rejection reason) {
    assertThat(record.kind()).isEqualTo(Kind.POISON);
    assertThat(record.reject().reason()).isEqualTo(reason);
  }
}
