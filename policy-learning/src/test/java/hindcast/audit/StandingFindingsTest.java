package hindcast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingFindingsTest {
  private final StandingFindings standing = new StandingFindings();

  private static Finding calibration(Severity severity, String item, double z) {
    return new Finding(FindingKind.CALIBRATION, severity, "de", item, "", Map.of("z", z));
  }

  @Test
  void aFindingBeginsOnceChangesItsSeverityAndEnds() {
    Finding warning = calibration(Severity.WARNING, "a", 3);
    Finding critical = calibration(Severity.CRITICAL, "a", 7);
    assertThat(standing.update(List.of(warning), 10))
        .containsExactly(new StandingFindings.Change(warning, 10, true));
    assertThat(standing.update(List.of(calibration(Severity.WARNING, "a", 4)), 20)).isEmpty();
    assertThat(standing.critical()).isZero();
    assertThat(standing.update(List.of(critical), 30))
        .containsExactly(new StandingFindings.Change(critical, 10, true));
    assertThat(standing.critical()).isEqualTo(1);
    assertThat(standing.update(List.of(), 40))
        .containsExactly(new StandingFindings.Change(critical, 10, false));
    assertThat(standing.update(List.of(critical), 50))
        .containsExactly(new StandingFindings.Change(critical, 50, true));
  }

  @Test
  void whatConcernsTheSameIsOneTheMoreSevere() {
    Finding critical = calibration(Severity.CRITICAL, "", 7);
    assertThat(standing.update(List.of(critical, calibration(Severity.WARNING, "", 3)), 10))
        .extracting(StandingFindings.Change::finding)
        .containsExactly(critical);
    assertThat(StandingFindings.id(critical)).isEqualTo("CALIBRATION/de/*/*");
  }

  @Test
  void whatWasReadBackGoesOn() throws IOException {
    standing.update(List.of(calibration(Severity.CRITICAL, "a", 7)), 10);
    standing.update(List.of(calibration(Severity.CRITICAL, "a", 9)), 20);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    standing.write(new DataOutputStream(bytes));
    StandingFindings copy = new StandingFindings();
    copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(copy.critical()).isEqualTo(1);
    assertThat(copy.update(List.of(), 30)).isEqualTo(standing.update(List.of(), 30)).hasSize(1);
  }
}
