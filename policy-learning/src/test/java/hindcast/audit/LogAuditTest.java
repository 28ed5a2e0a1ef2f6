package hindcast.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Rejection;
import hindcast.propensity.Propensity;
import hindcast.testing.States;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an audit takes, refuses, remembers and says. */
class LogAuditTest {
  private static LoggedFeedback feedback(long t, String segment, String item, Propensity p) {
    return new LoggedFeedback(
        "i" + t,
        t,
        segment,
        Context.dense(new float[] {t % 5}),
        item,
        0,
        null,
        "logging",
        t % 3,
        t % 2,
        p);
  }

  /** The smallest numbers that are propensities are evidence in finite numbers. */
  @Test
  void propensitiesNextToNothingAreCaught() {
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT.withCatalogueSize(4));
    for (int t = 0; t < 3000; t++) {
      double p = t % 3 == 0 ? Double.MIN_VALUE : t % 3 == 1 ? 1e-200 : 0.25;
      audit.add(AuditedFeedback.of(feedback(t, "s", "a" + t % 4, Propensity.logged(p))));
    }
    assertThat(audit.findings()).anyMatch(Finding::isCritical);
  }

  /** Written and read back at each look is the same as going on, for every style of log. */
  @ParameterizedTest
  @EnumSource(LogStyle.class)
  void stateIsComplete(LogStyle style) {
    AuditSettings settings = new FaultyLog(Fault.OTHER_VERSION, style, 3000, 7).settings();
    List<byte[]> states = new ArrayList<>();
    LogAudit whole =
        new FaultyLog(Fault.OTHER_VERSION, style, 3000, 7)
            .feed(
                new LogAudit(settings),
                audit -> {
                  states.add(States.bytes(audit::write));
                  return audit;
                });
    List<byte[]> resumed = new ArrayList<>();
    LogAudit continued =
        new FaultyLog(Fault.OTHER_VERSION, style, 3000, 7)
            .feed(
                new LogAudit(settings),
                audit -> {
                  LogAudit next = new LogAudit(settings);
                  States.restore(audit::write, next::read);
                  resumed.add(States.bytes(next::write));
                  return next;
                });
    assertThat(resumed).hasSize(20).containsExactlyElementsOf(states);
    assertThat(continued.findings()).isEqualTo(whole.findings());
  }

  @Test
  void anotherFormatIsRefused() {
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    byte[] bytes = States.bytes(audit::write);
    bytes[0] = 9;
    assertThatThrownBy(() -> States.restore(out -> out.write(bytes), audit::read))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("format 2: 9");
  }

  @Test
  void nothingFindsNothing() {
    assertThat(new LogAudit(AuditSettings.DEFAULT).findings()).isEmpty();
    LogAudit one = new LogAudit(AuditSettings.DEFAULT);
    one.add(AuditedFeedback.of(feedback(0, "s", "a", Propensity.logged(1))));
    assertThat(one.findings()).isEmpty();
    assertThat(one.n()).isEqualTo(1);
  }

  @Test
  void memoryIsBounded() {
    AuditSettings small = new AuditSettings(.001, 0, Map.of(), .01, 100, 10, 50);
    LogAudit audit = new LogAudit(small);
    int[] sizes = new int[2];
    for (int t = 0; t < 40_000; t++) {
      String segment = "s" + t % 997;
      audit.add(AuditedFeedback.of(feedback(t, segment, "a" + t % 1009, Propensity.logged(1e-3))));
      if (t == 20_000) {
        sizes[0] = States.bytes(audit::write).length;
      }
    }
    sizes[1] = States.bytes(audit::write).length;
    assertThat(sizes[1]).isLessThan(sizes[0] * 11 / 10).isLessThan(1_000_000);
  }

  @Test
  void estimatedPropensitiesCountAsMissing() {
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    Propensity estimated = new Propensity(.01, .5, Propensity.Source.ESTIMATED);
    for (int t = 0; t < 2000; t++) {
      audit.add(
          AuditedFeedback.of(
              feedback(t, "s", "a", t % 10 == 0 ? estimated : Propensity.logged(1))));
    }
    assertThat(audit.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.kind()).isEqualTo(FindingKind.MISSING_PROPENSITIES);
              assertThat(f.severity()).isEqualTo(Severity.WARNING);
              assertThat(f.evidence()).containsEntry("share", .1).containsEntry("records", 200.);
            });
  }

  @Test
  void aPolicysOwnWeightsConcernOnlyItself() {
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    for (int t = 0; t < 500; t++) {
      audit.addPolicy("good", 1, 0);
      audit.addPolicy("bad", 2, 1);
    }
    assertThat(audit.unreliable("good")).isEmpty();
    assertThat(audit.unreliable("bad")).containsExactly("MEAN_WEIGHT");
    for (int k = 0; k < 100; k++) {
      audit.reject(Rejection.INVALID_PROPENSITY);
    }
    assertThat(audit.unreliable("good")).containsExactly("INVALID_PROPENSITIES");
    assertThat(audit.findings().get(0).evidence()).allSatisfy((k, v) -> assertThat(v).isFinite());
  }

  @Test
  void allRewardedIsAnInnerJoin() {
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    for (int t = 0; t < 1000; t++) {
      audit.add(AuditedFeedback.of(feedback(1, "s", "a", Propensity.logged(1))));
    }
    assertThat(audit.unreliable("any")).containsExactly("LOST_ZEROS");
  }

  @Test
  void badInputIsRefused() {
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    assertThatThrownBy(() -> audit.addPolicy("p", Double.NaN, 0))
        .hasMessageContaining("weight must be finite and at least 0: NaN (policy p)");
    assertThatThrownBy(() -> audit.addPolicy("p", 1, 2))
        .hasMessageContaining("reward must be in [0, 1]: 2.0 (policy p)");
    assertThatThrownBy(
            () -> new AuditedFeedback(feedback(3, "s", "a", null), new double[] {1, 0}, null))
        .hasMessageContaining("2 for no eligible items (impression i3)");
    assertThatThrownBy(() -> AuditSettings.DEFAULT.withSegmentShares(Map.of("a", .7, "b", .7)))
        .hasMessageContaining("sum to at most 1");
    assertThatThrownBy(() -> new AuditSettings(0, 0, Map.of(), .01, 2000, 10, 10))
        .hasMessageContaining("alpha must be in (0, 1): 0.0");
    assertThatThrownBy(() -> new JoinCounts(1, 1, 0, 0, -3, 0, 0))
        .hasMessageContaining("at least 0: -3");
    assertThatThrownBy(
            () -> Finding.of(FindingKind.INVALID_ROW, Severity.INFO, Map.of("share", Double.NaN)))
        .hasMessageContaining("evidence must be finite: share = NaN");
  }

  @Test
  void everyKindSaysWhatItIs() {
    for (FindingKind kind : FindingKind.values()) {
      assertThat(kind.meaning()).as(kind.name()).isNotBlank();
      assertThat(kind.causes()).as(kind.name()).isNotEmpty();
      assertThat(kind.remedy()).as(kind.name()).isNotBlank();
      assertThat(kind.smallestFault()).as(kind.name()).isNotBlank();
    }
  }
}
