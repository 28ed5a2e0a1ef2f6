package hindcast.connectors.kafka;

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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * The Kafka key of every record of the contract, as its schema documents it: UTF-8 text, parts
 * joined by {@code /}.
 */
public final class RecordKeys {
  /** Key of every time marker: compacted topics refuse records without one. */
  public static final String TIME_MARKER = "time-marker";

  private RecordKeys() {}

  /** The key as bytes. */
  public static byte[] of(SpecificRecord record) {
    return text(record).getBytes(StandardCharsets.UTF_8);
  }

  /** The key as text. */
  public static String text(SpecificRecord record) {
    if (record instanceof Impression impression) {
      return impression.getImpressionId();
    }
    if (record instanceof Reward reward) {
      return reward.getImpressionId();
    }
    if (record instanceof Feedback feedback) {
      return feedback.getImpressionId();
    }
    if (record instanceof PolicyCheckpoint checkpoint) {
      return checkpoint.getPolicyId();
    }
    if (record instanceof ValueEstimate estimate) {
      return estimate(estimate);
    }
    if (record instanceof ValueWindow window) {
      return String.join(
          "/",
          window.getPolicy(),
          Long.toString(window.getVersion()),
          window.getSegment(),
          Long.toString(window.getStartMicros()),
          Long.toString(window.getEndMicros()));
    }
    if (record instanceof GateVerdict verdict) {
      return verdict.getPolicy() + "/" + verdict.getVersion();
    }
    if (record instanceof Alert alert) {
      return alert.getAlertId();
    }
    if (record instanceof AlertAcknowledgement acknowledgement) {
      return "acknowledged/" + acknowledgement.getAlertId();
    }
    if (record instanceof AuditFinding finding) {
      return finding.getFindingId();
    }
    if (record instanceof DeadLetter letter) {
      return String.join(
          "/",
          letter.getTopic(),
          Integer.toString(letter.getPartition()),
          Long.toString(letter.getOffset()),
          letter.getReason());
    }
    if (record instanceof CatalogueManifest manifest) {
      return manifest.getVersion();
    }
    if (record instanceof PolicyControl control) {
      return control.getPolicy();
    }
    if (record instanceof TimeMarker) {
      return TIME_MARKER;
    }
    throw new IllegalArgumentException("no key is defined for " + record.getSchema().getName());
  }

  private static String estimate(ValueEstimate estimate) {
    Map<String, Double> parameters = new TreeMap<>(estimate.getParameters());
    return String.join(
        "/",
        estimate.getPolicy(),
        Long.toString(estimate.getVersion()),
        estimate.getEstimator(),
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining(",")),
        estimate.getSegment());
  }
}
