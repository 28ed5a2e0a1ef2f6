package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AuditScheduleTest {
  private static final int ITEMS = 1_000_000;
  private static final int ESTIMATED = 10_000;

  private static boolean isMade(AuditSchedule schedule, double entropy) {
    boolean made = schedule.isDue(entropy) && schedule.isAffordable();
    if (made) {
      schedule.audited(entropy);
    }
    return made;
  }

  @Test
  void theFirstMinibatchAndEveryHalvingOfThePerplexityAreAudited() {
    AuditSchedule schedule = new AuditSchedule(5_000, ITEMS);
    double entropy = Math.log(ITEMS);
    schedule.estimated(8, ESTIMATED);
    assertThat(isMade(schedule, entropy)).isTrue();
    assertThat(isMade(schedule, entropy)).isFalse();
    for (int halving = 1; halving <= 19; halving++) {
      assertThat(isMade(schedule, entropy - (halving - .01) * Math.log(2))).isFalse();
      assertThat(isMade(schedule, entropy - (halving + .01) * Math.log(2))).isTrue();
      entropy -= .01 * Math.log(2);
    }
  }

  @Test
  void cleanAuditsGrowRarerUpToTheInterval() {
    AuditSchedule schedule = new AuditSchedule(500, 100);
    StringBuilder at = new StringBuilder();
    for (int group = 1; group <= 2_500; group++) {
      schedule.estimated(1, 100);
      if (isMade(schedule, 1)) {
        at.append(group).append(' ');
      }
    }
    assertThat(at).hasToString("1 129 385 885 1385 1885 2385 ");
    schedule.changed();
    assertThat(schedule.isDue(1)).isTrue();
  }

  @Test
  void whatAuditsSumIsBounded() {
    AuditSchedule schedule = new AuditSchedule(1, ITEMS);
    int audits = 0;
    int groups = 20_000;
    for (int group = 0; group < groups; group++) {
      schedule.estimated(1, ESTIMATED);
      audits += isMade(schedule, 20 - group) ? 1 : 0;
    }
    double share = (audits - 20.0) * ITEMS / ((double) groups * ESTIMATED);
    assertThat(share).isLessThanOrEqualTo(.25).isGreaterThan(.24);
  }

  @Test
  void exactSumsAreComparedForNothing() {
    AuditSchedule schedule = new AuditSchedule(5_000, ITEMS);
    for (int k = 0; k < 1_000; k++) {
      schedule.summedExactly(64);
      assertThat(schedule.isDue(5)).isTrue();
      schedule.compared(5);
      assertThat(schedule.isDue(5)).isFalse();
      assertThat(schedule.isAffordable()).isTrue();
    }
  }

  @Test
  void writeAndReadGoOnAlike() throws IOException {
    AuditSchedule whole = new AuditSchedule(300, 5_000);
    AuditSchedule rest = new AuditSchedule(300, 5_000);
    for (int group = 0; group < 400; group++) {
      whole.estimated(1, 90);
      isMade(whole, 6 - group * .01);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    whole.write(new DataOutputStream(bytes));
    rest.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    for (int group = 400; group < 2_000; group++) {
      whole.estimated(1, 90);
      rest.estimated(1, 90);
      double entropy = 6 - group * .01;
      assertThat(isMade(rest, entropy)).isEqualTo(isMade(whole, entropy));
    }
  }
}
