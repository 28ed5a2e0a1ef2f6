package hindcast.connectors.avro;

import hindcast.avro.Alert;
import hindcast.avro.AlertAcknowledgement;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.GateVerdict;
import hindcast.avro.Impression;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas a reader understands, by CRC-64-AVRO fingerprint: the current schema of every record
 * of the contract, and each released one found on the class path as {@code
 * hindcast/schema-history/NAME/vN.avsc} with N = 1, 2, 3, ...
 *
 * <p>Immutable after loading and shared by every thread.
 */
final class SchemaCatalogue {
  /** The schema something was written with, and the current one of the same name. */
  record Pair(Schema writer, Schema reader) {}

  private static final String HISTORY = "hindcast/schema-history/";

  private static final List<Schema> CURRENT =
      List.of(
          Impression.SCHEMA$,
          Reward.SCHEMA$,
          TimeMarker.SCHEMA$,
          Feedback.SCHEMA$,
          PolicyCheckpoint.SCHEMA$,
          ValueEstimate.SCHEMA$,
          ValueWindow.SCHEMA$,
          GateVerdict.SCHEMA$,
          Alert.SCHEMA$,
          AlertAcknowledgement.SCHEMA$,
          AuditFinding.SCHEMA$,
          DeadLetter.SCHEMA$,
          CatalogueManifest.SCHEMA$,
          PolicyControl.SCHEMA$);

  private static final SchemaCatalogue CONTRACT = new SchemaCatalogue();

  private final Map<Long, Pair> byFingerprint = new HashMap<>();

  private SchemaCatalogue() {
    for (Schema current : CURRENT) {
      add(current, current);
      Schema released = released(current.getName(), 1);
      for (int version = 2; released != null; version++) {
        add(released, current);
        released = released(current.getName(), version);
      }
    }
  }

  static SchemaCatalogue contract() {
    return CONTRACT;
  }

  /** The pair for a fingerprint, or null. */
  Pair find(long fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  private void add(Schema writer, Schema reader) {
    byFingerprint.putIfAbsent(
        SchemaNormalization.parsingFingerprint64(writer), new Pair(writer, reader));
  }

  private static Schema released(String name, int version) {
    String resource = HISTORY + name + "/v" + version + ".avsc";
    try (InputStream in = SchemaCatalogue.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null ? null : new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
