package hindcast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real logs from the folder that HINDCAST_DATA names: sound ones, and one whose propensities lie.
 */
class RealLogAuditTest {
  private static final int ITEMS = 34;

  private static Path data(String file) {
    String folder = System.getenv("HINDCAST_DATA");
    Assumptions.assumeTrue(
        folder != null && Files.exists(Path.of(folder, file)),
        "real data are absent: HINDCAST_DATA must name the folder that holds " + file);
    return Path.of(folder, file);
  }

  private record Click(Instant time, String item, int position, double reward, double propensity) {
    static Click of(String[] cells) {
      return new Click(
          Instant.parse(cells[1].replace(' ', 'T').replace("+00:00", "Z")),
          cells[2],
          Integer.parseInt(cells[3]) - 1,
          Double.parseDouble(cells[4]),
          Double.parseDouble(cells[5]));
    }
  }

  private static Stream<String[]> rows(BufferedReader lines) {
    return lines.lines().skip(1).map(line -> line.split(",", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "bts"})
  void openBanditLogsAreSound(String logger) throws IOException {
    Map<String, double[]> bts = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(data("obd/bts_action_dist_men.csv"))) {
      rows(lines)
          .forEach(
              cells ->
                  bts.put(
                      cells[0],
                      IntStream.range(1, 4)
                          .mapToDouble(k -> Double.parseDouble(cells[k]))
                          .toArray()));
    }
    List<String[]> log;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data("obd/" + logger + "/men.csv.gz"))),
                StandardCharsets.UTF_8))) {
      log = rows(lines).toList();
    }
    List<String[]> inOrder = new ArrayList<>(log);
    inOrder.sort(Comparator.comparing(cells -> cells[1]));
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT.withCatalogueSize(ITEMS));
    for (String[] cells : inOrder) {
      Click click = Click.of(cells);
      float[] user = new float[4];
      for (int k = 0; k < user.length; k++) {
        user[k] = cells[6 + k].hashCode() % 1000;
      }
      audit.add(
          AuditedFeedback.of(
              new LoggedFeedback(
                  cells[0],
                  click.time().toEpochMilli() * 1000,
                  "position" + click.position(),
                  Context.dense(user),
                  click.item(),
                  click.position(),
                  null,
                  logger,
                  0,
                  click.reward(),
                  Propensity.logged(click.propensity()))));
      audit.addPolicy("uniform", 1.0 / ITEMS / click.propensity(), click.reward());
      audit.addPolicy(
          "bts", bts.get(click.item())[click.position()] / click.propensity(), click.reward());
    }
    assertThat(audit.n()).isEqualTo(10_000);
    assertThat(audit.findings()).as(logger).noneMatch(Finding::isCritical);
  }

  @Test
  void anActionThatFollowsTheContextIsCaughtWithoutAnyPolicy() throws IOException {
    assertThat(dsjson(false).unreliable("")).contains("CONTEXT_CALIBRATION");
  }

  @Test
  void anActionThatFollowsTheContextIsCaughtByThePolicyThatMatches() throws IOException {
    LogAudit audit = dsjson(true);
    assertThat(audit.unreliable("match")).contains("MEAN_WEIGHT", "CONTEXT_CALIBRATION");
    assertThat(audit.weights("match").moments().meanX()).isEqualTo(4);
  }

  private static LogAudit dsjson(boolean match) throws IOException {
    ObjectMapper json = new ObjectMapper();
    LogAudit audit = new LogAudit(AuditSettings.DEFAULT);
    List<String> lines = Files.readAllLines(data("vw-dsjson/data-science_cb_1000_0.json"));
    for (int t = 0; t < lines.size(); t++) {
      JsonNode decision = json.readTree(lines.get(t));
      int f = decision.at("/c/shared/f").asInt();
      float[] context = new float[4];
      context[f] = 1;
      String item = decision.at("/_label_Action").asText();
      double p = decision.at("/_label_probability").asDouble();
      List<String> eligible = new ArrayList<>();
      decision.get("a").forEach(a -> eligible.add(a.asText()));
      double[] row = new double[4];
      for (int k = 0; k < row.length; k++) {
        row[k] = decision.at("/p/" + k).asDouble();
      }
      double reward = -decision.at("/_label_cost").asDouble();
      audit.add(
          new AuditedFeedback(
              new LoggedFeedback(
                  "line" + t,
                  t,
                  "all",
                  Context.dense(context),
                  item,
                  0,
                  eligible,
                  "vw",
                  0,
                  reward,
                  Propensity.logged(p)),
              row,
              null));
      if (match) {
        audit.addPolicy("match", (item.equals(String.valueOf(f + 1)) ? 1 : 0) / p, reward);
      }
    }
    assertThat(audit.n()).isEqualTo(1000);
    return audit;
  }
}
