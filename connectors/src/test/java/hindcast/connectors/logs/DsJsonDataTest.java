package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.feedback.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the logs under {@code $HINDCAST_DATA/vw-dsjson}, where they are. */
class DsJsonDataTest {
  private static final LogFormat FORMAT = LogFormat.of("dsjson");

  @ParameterizedTest
  @CsvSource({
    "data-science_cb_1000_0.json, vw_data-science_cb_1000_0, 1000, 1;2;3;4",
    "dsjson_cb.json, vw_dsjson_cb.json, 23, Cappucino;Cold brew;Iced mocha;Latte"
  })
  void inversePropensityScoresAreThoseOfTheReference(
      String file, String name, int lines, String items) throws Exception {
    Path log = log(file);
    JsonNode reference =
        new ObjectMapper().readTree(log.resolveSibling("../baselines.json").toFile()).path(name);
    List<LogEntry> entries = entries(log);
    assertThat(entries).hasSize(lines).noneMatch(LogEntry::isRejected);
    String[] actions = items.split(";");
    double all = 0;
    for (int k = 1; k <= actions.length; k++) {
      double value = inversePropensityScore(entries, actions[k - 1]);
      all += value;
      assertThat(value)
          .isCloseTo(
              reference.path("policies").path("always_action_" + k).path("IPS").asDouble(),
              within(1e-12));
    }
    assertThat(all / actions.length)
        .isCloseTo(
            reference.path("policies").path("uniform").path("IPS").asDouble(), within(1e-12));
  }

  @Test
  void aLogWithBrokenLinesIsCountedByReason() throws Exception {
    LogScan scan = LogScan.of(FORMAT, log("b1848_dsjson_parser_regression.txt"));
    assertThat(scan.entries()).isEqualTo(8);
    assertThat(scan.rejects())
        .isEqualTo(
            Map.of(
                Rejection.NOT_ACTIVATED, 1L, Rejection.NO_IMPRESSION, 6L, Rejection.MALFORMED, 1L));
  }

  @Test
  void actionsOfOneNameAreItemsOfTheirOwn() throws Exception {
    LogScan scan = LogScan.of(FORMAT, log("decisionservice.json"));
    assertThat(scan.entries()).isEqualTo(3);
    assertThat(scan.rejects()).isEmpty();
    assertThat(scan.items()).hasSize(12);
    assertThat(scan.rewards()).isEqualTo(2);
  }

  private static double inversePropensityScore(List<LogEntry> entries, String item) {
    double sum = 0;
    for (LogEntry entry : entries) {
      if (entry.impression().getItemId().equals(item) && !entry.rewards().isEmpty()) {
        sum += entry.rewards().get(0).getValue() / entry.impression().getPropensity();
      }
    }
    return sum / entries.size();
  }

  private static List<LogEntry> entries(Path log) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(FORMAT, log)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static Path log(String file) {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA is not set: the dsjson logs are not read");
    Path log = Path.of(data, "vw-dsjson", file);
    assumeTrue(Files.exists(log), log + " does not exist");
    return log;
  }
}
