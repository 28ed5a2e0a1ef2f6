package hindcast.connectors.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.Alert;
import hindcast.avro.AlertContribution;
import hindcast.avro.AlertState;
import hindcast.avro.EvidenceNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Alerts as JSON: whole, as a webhook message, and as Alertmanager wants them. */
public final class AlertJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AlertJson() {}

  /** Every field. */
  public static ObjectNode whole(Alert alert) {
    ObjectNode node = NODES.objectNode();
    node.put("id", alert.getAlertId());
    node.put("name", alert.getName());
    node.put("state", alert.getState().name());
    node.put("severity", alert.getSeverity().name());
    node.put("policy", alert.getPolicy());
    node.put("version", alert.getVersion());
    node.put("segment", alert.getSegment());
    node.put("start", time(alert.getStartMicros()).toString());
    if (alert.getEndMicros() != null) {
      node.put("end", time(alert.getEndMicros()).toString());
    }
    node.put("eventTime", time(alert.getEventTimeMicros()).toString());
    node.put("n", alert.getN());
    node.put("logEvidence", alert.getLogEvidence());
    node.put("threshold", alert.getThreshold());
    node.put("message", alert.getMessage());
    ObjectNode evidence = node.putObject("evidence");
    for (EvidenceNumber number : alert.getEvidence()) {
      evidence.put(number.getName(), number.getValue());
    }
    ArrayNode explanation = node.putArray("explanation");
    for (AlertContribution part : alert.getExplanation()) {
      explanation
          .addObject()
          .put("dimension", part.getDimension())
          .put("part", part.getPart())
          .put("n", part.getN())
          .put("share", part.getShare());
    }
    node.put("certainty", alert.getCertainty());
    node.put("action", alert.getAction());
    node.put("runbook", alert.getRunbook());
    return node;
  }

  /** {@code {"text": ...}}, as Slack and many others take it. */
  public static ObjectNode webhook(Alert alert) {
    return NODES.objectNode().put("text", text(alert));
  }

  /** A few lines for a person. */
  public static String text(Alert alert) {
    StringBuilder text = new StringBuilder();
    text.append(alert.getState() == AlertState.OPEN ? alert.getSeverity() : alert.getState())
        .append(' ')
        .append(alert.getName())
        .append(": ")
        .append(alert.getMessage())
        .append("\nsince ")
        .append(time(alert.getStartMicros()));
    if (alert.getEndMicros() != null) {
      text.append(", until ").append(time(alert.getEndMicros()));
    }
    if (alert.getState() != AlertState.ENDED) {
      String parts = explanation(alert);
      text.append(parts.isEmpty() ? "" : "\nmost of the drop: " + parts);
      text.append("\nto do: ").append(alert.getAction());
      text.append("\nhow sure: ").append(alert.getCertainty());
    }
    return text.append("\n").append(alert.getRunbook()).toString();
  }

  private static String explanation(Alert alert) {
    return alert.getExplanation().stream()
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "%s %s %.3g",
                    part.getDimension(),
                    part.getPart().isEmpty() ? "(none)" : part.getPart(),
                    part.getShare()))
        .collect(Collectors.joining(", "));
  }

  /**
   * The body of {@code POST /api/v2/alerts}. Alertmanager forgets an alert at its {@code endsAt}:
   * one that stands gets {@code now + hold}, to be sent again before that.
   */
  public static ArrayNode alertmanager(List<Alert> alerts, Instant now, Duration hold) {
    ArrayNode body = NODES.arrayNode();
    for (Alert alert : alerts) {
      Instant start = earlier(time(alert.getStartMicros()), now);
      Instant end =
          alert.getEndMicros() == null ? now.plus(hold) : earlier(time(alert.getEndMicros()), now);
      ObjectNode node = body.addObject();
      node.putObject("labels")
          .put("alertname", alert.getName())
          .put("alertid", alert.getAlertId())
          .put("severity", alert.getSeverity().name().toLowerCase(Locale.ROOT))
          .put("policy", alert.getPolicy())
          .put("version", Long.toString(alert.getVersion()))
          .put("segment", alert.getSegment());
      node.putObject("annotations")
          .put("summary", alert.getMessage())
          .put("description", text(alert))
          .put("runbook", alert.getRunbook());
      node.put("startsAt", start.toString());
      node.put("endsAt", end.isBefore(start) ? start.toString() : end.toString());
    }
    return body;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
