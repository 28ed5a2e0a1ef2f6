package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Years 1970 to 9999, and not too far after the broker's append time. */
class EventTimeTest {
  private static final long END = 253_402_300_800_000_000L;
  private final EventTime rule = new EventTime(1_000);

  @Test
  void yearsFrom1970To9999() {
    assertThat(EventTime.isValid(0)).isTrue();
    assertThat(EventTime.isValid(END - 1)).isTrue();
    for (long bad : new long[] {-1, END, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(EventTime.isValid(bad)).isFalse();
      Reject reject = rule.check(bad, 0, " (impression i)");
      assertThat(reject.reason()).isEqualTo(Rejection.INVALID_TIME);
      assertThat(reject.detail()).endsWith(bad + " (impression i)");
    }
  }

  @Test
  void atMostTheToleranceAfterTheAppendTime() {
    assertThat(rule.check(6_000, 5, "")).isNull();
    assertThat(rule.check(6_001, 5, "").reason()).isEqualTo(Rejection.FUTURE_TIME);
    assertThat(rule.check(6_001, 5, "").detail()).contains("(5 ms): 6001; check");
    assertThat(rule.check(END - 1, EventTime.NO_APPEND_TIME, "")).isNull();
    assertThat(rule.check(END - 1, Long.MAX_VALUE, "")).isNull();
    assertThatThrownBy(() -> new EventTime(-1)).hasMessageContaining("at least 0: -1");
  }
}
