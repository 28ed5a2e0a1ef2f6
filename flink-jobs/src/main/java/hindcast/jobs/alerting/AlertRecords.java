package hindcast.jobs.alerting;

import hindcast.alert.AlertKind;
import hindcast.alert.Condition;
import hindcast.alert.StandingAlerts.Change;
import hindcast.avro.Alert;
import hindcast.avro.AlertContribution;
import hindcast.avro.AlertState;
import hindcast.avro.EvidenceNumber;
import hindcast.avro.Severity;
import java.util.ArrayList;
import java.util.List;

/** Alerts of the library as records of the contract. */
final class AlertRecords {
  private AlertRecords() {}

  /** A record of [regression-alerts]. */
  static Alert of(Change change) {
    Condition condition = change.condition();
    AlertKind kind = condition.kind();
    List<EvidenceNumber> evidence = new ArrayList<>();
    condition.evidence().forEach((name, value) -> evidence.add(new EvidenceNumber(name, value)));
    List<AlertContribution> explanation = new ArrayList<>();
    condition
        .explanation()
        .forEach(
            one ->
                explanation.add(
                    new AlertContribution(
                        one.dimension(), one.part().name(), one.part().n(), one.part().share())));
    return Alert.newBuilder()
        .setAlertId(condition.id())
        .setName(kind.name())
        .setSeverity(Severity.valueOf(condition.severity().name()))
        .setPolicy(condition.subject().policy())
        .setVersion(condition.subject().version())
        .setSegment(condition.subject().segment())
        .setEventTimeMicros(change.changedMicros())
        .setN(condition.n())
        .setLogEvidence(condition.logEvidence())
        .setThreshold(condition.threshold())
        .setMessage(condition.message())
        .setState(change.stands() ? AlertState.OPEN : AlertState.ENDED)
        .setStartMicros(change.startMicros())
        .setEndMicros(change.stands() ? null : change.changedMicros())
        .setEvidence(evidence)
        .setExplanation(explanation)
        .setCertainty(kind.certainty())
        .setAction(kind.action())
        .setRunbook(kind.runbook())
        .build();
  }
}
