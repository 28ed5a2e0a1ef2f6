package hindcast.alert;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.alert.Condition.Contribution;
import hindcast.alert.Condition.Subject;
import hindcast.alert.StandingAlerts.Change;
import hindcast.audit.Severity;
import hindcast.regression.Contributions;
import hindcast.testing.States;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingAlertsTest {
  private static Condition condition(AlertKind kind, Severity severity) {
    return new Condition(
        kind,
        severity,
        Subject.of("clpi", 4),
        10,
        3.5,
        3,
        Map.of("value", 0.1),
        List.of(new Contribution("item", new Contributions.Part("i1", 3, 0.02))),
        "worse");
  }

  @Test
  void anAlertBeginsOnceAndEndsWithItsBeginning() {
    StandingAlerts alerts = new StandingAlerts();
    Condition worse = condition(AlertKind.VALUE_BELOW_CHAMPION, Severity.WARNING);
    assertThat(alerts.update(List.of(worse, worse), 5))
        .containsExactly(new Change(worse, 5, 5, true));
    assertThat(alerts.update(List.of(worse), 6)).isEmpty();
    assertThat(alerts.update(List.of(), 7)).containsExactly(new Change(worse, 5, 7, false));
    assertThat(alerts.update(List.of(worse), 9)).containsExactly(new Change(worse, 9, 9, true));
    assertThat(worse.id()).isEqualTo("VALUE_BELOW_CHAMPION/clpi/4/*");
  }

  @Test
  void severityOnlyRisesWhileAnAlertStands() {
    StandingAlerts alerts = new StandingAlerts();
    Condition warning = condition(AlertKind.VALUE_BELOW_PROMISE, Severity.WARNING);
    Condition critical = condition(AlertKind.VALUE_BELOW_PROMISE, Severity.CRITICAL);
    alerts.update(List.of(warning), 1);
    assertThat(alerts.update(List.of(warning, critical), 2))
        .containsExactly(new Change(critical, 1, 2, true));
    assertThat(alerts.update(List.of(warning), 3)).isEmpty();
    assertThat(alerts.update(List.of(), 4)).containsExactly(new Change(critical, 1, 4, false));
  }

  @Test
  void aRestoredStateGoesOnAsTheOneThatWasWritten() {
    StandingAlerts alerts = new StandingAlerts();
    Condition worse = condition(AlertKind.SUDDEN_DROP, Severity.CRITICAL);
    alerts.update(List.of(worse), 5);
    StandingAlerts restored = new StandingAlerts();
    States.restore(alerts::write, restored::read);
    assertThat(restored.update(List.of(worse), 6)).isEmpty();
    assertThat(restored.update(List.of(), 8)).containsExactly(new Change(worse, 5, 8, false));
  }
}
