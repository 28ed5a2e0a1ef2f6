package hindcast.connectors.alert;

import hindcast.avro.Alert;
import hindcast.avro.AlertAcknowledgement;
import hindcast.avro.AlertState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What [regression-alerts] says when its records are put together: of each alert the newest record,
 * ACKNOWLEDGED if an acknowledgement of the same episode was read, before or after it.
 */
public final class AlertBoard {
  private final Map<String, Alert> alerts = new HashMap<>();
  private final Map<String, AlertAcknowledgement> acknowledgements = new HashMap<>();

  /**
   * Takes in a record of the topic.
   *
   * @return the alert as it is now, if the record changed it
   */
  public Optional<Alert> accept(Object record) {
    if (record instanceof Alert alert) {
      return accept(alert);
    }
    if (record instanceof AlertAcknowledgement acknowledgement) {
      return accept(acknowledgement);
    }
    return Optional.empty();
  }

  private Optional<Alert> accept(Alert alert) {
    Alert before = alerts.get(alert.getAlertId());
    if (before != null && !isNewer(alert, before)) {
      return Optional.empty();
    }
    Alert now = acknowledged(alert);
    alerts.put(alert.getAlertId(), now);
    return Optional.of(now);
  }

  private static boolean isNewer(Alert alert, Alert before) {
    if (alert.getEventTimeMicros() != before.getEventTimeMicros()) {
      return alert.getEventTimeMicros() > before.getEventTimeMicros();
    }
    return alert.getState() == AlertState.ENDED && before.getState() != AlertState.ENDED;
  }

  private Optional<Alert> accept(AlertAcknowledgement acknowledgement) {
    acknowledgements.put(acknowledgement.getAlertId(), acknowledgement);
    Alert alert = alerts.get(acknowledgement.getAlertId());
    if (alert == null || alert.getState() != AlertState.OPEN) {
      return Optional.empty();
    }
    Alert now = acknowledged(alert);
    alerts.put(alert.getAlertId(), now);
    return now.getState() == AlertState.OPEN ? Optional.empty() : Optional.of(now);
  }

  private Alert acknowledged(Alert alert) {
    AlertAcknowledgement acknowledgement = acknowledgements.get(alert.getAlertId());
    boolean holds =
        alert.getState() == AlertState.OPEN
            && acknowledgement != null
            && acknowledgement.getStartMicros() == alert.getStartMicros();
    return holds ? Alert.newBuilder(alert).setState(AlertState.ACKNOWLEDGED).build() : alert;
  }

  /** An alert by its id. */
  public Optional<Alert> alert(String id) {
    return Optional.ofNullable(alerts.get(id));
  }

  /** The acknowledgement of the episode an alert is in. */
  public Optional<AlertAcknowledgement> acknowledgement(Alert alert) {
    return Optional.ofNullable(acknowledgements.get(alert.getAlertId()))
        .filter(found -> found.getStartMicros() == alert.getStartMicros());
  }

  /** All alerts: those that stand first, the most severe first, then by start and id. */
  public List<Alert> alerts() {
    List<Alert> all = new ArrayList<>(alerts.values());
    all.sort(
        Comparator.comparing((Alert alert) -> alert.getState() == AlertState.ENDED)
            .thenComparing(Alert::getSeverity, Comparator.reverseOrder())
            .thenComparing(Alert::getStartMicros, Comparator.reverseOrder())
            .thenComparing(Alert::getAlertId));
    return all;
  }
}
