package hindcast.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import hindcast.local.validate.DecisionLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages that the command writes, of a simulated log and of the Open Bandit Dataset, opened in
 * headless Chromium where there is one.
 */
class ReplayPageITCase {
  private static final int ROWS = 12_000;

  @TempDir Path folder;

  @Test
  void ofASimulatedLog() throws Exception {
    Path log = folder.resolve("<script>log.json");
    Path report = folder.resolve("report.json");
    new DecisionLog(5).decisions(ROWS).line("{broken").write(log);
    String html =
        page(
            List.of(
                "--format=dsjson",
                "--log=" + log,
                "--learn=clpi",
                "--evaluate=logging",
                "--evaluate=uniform",
                "--evaluate=always:4",
                "--set=evaluation.window=10min",
                "--set=gates.policies=[uniform]",
                "--report=" + report,
                "--certificate=" + folder.resolve("run.json")));
    assertThat(html)
        .contains("beats the logging policy by", "An A/B test of 14 days with 50 % of the traffic")
        .contains("Replay of &lt;script&gt;log.json", "Part of the certificate", "MALFORMED")
        .doesNotContain("<script");
    JsonNode words = new ObjectMapper().readTree(report.toFile()).path("words");
    assertThat(words.path("answer").asText()).startsWith("Yes: ");
    assertThat(html).contains(words.path("answer").asText());
    assertThat(words.path("policies")).hasSize(5);
    look(html, 9);
  }

  @Test
  void ofOpenBandit() throws Exception {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "no data: set HINDCAST_DATA to the folder of the data sets");
    String html =
        page(
            List.of(
                "--format=obd",
                "--log=" + Path.of(data, "obd/random/men.csv.gz"),
                "--items=" + Path.of(data, "obd/item_context_men.csv"),
                "--learn=clpi",
                "--evaluate=logging",
                "--evaluate=table:" + Path.of(data, "obd/bts_action_dist_men.csv")));
    assertThat(html).contains("This log cannot say").doesNotContain("beats the logging policy");
    look(html, 6);
  }

  private String page(List<String> options) throws Exception {
    Path file = folder.resolve("written.html");
    List<String> command = new ArrayList<>(List.of("replay", "--html=" + file));
    command.addAll(options);
    assertThat(Hindcast.execute(command.toArray(String[]::new))).isZero();
    return Files.readString(file);
  }

  private void look(String html, int charts) throws Exception {
    Optional<Browser> browser = Browser.find(folder);
    assumeTrue(
        browser.isPresent(),
        "no Chromium: the page was not opened in a browser; install it or set HINDCAST_CHROMIUM");
    for (int width : new int[] {390, 1280}) {
      JsonNode said = browser.get().open(html, width);
      assertThat(said.path("errors")).isEmpty();
      assertThat(said.path("scripts").asInt()).as("only the probe").isEqualTo(1);
      assertThat(said.path("width").asInt()).isEqualTo(width);
      assertThat(said.path("scrollWidth").asInt()).as("page at " + width).isBetween(1, width);
      assertThat(said.path("wide")).isEmpty();
      assertThat(said.path("font").asDouble()).isGreaterThanOrEqualTo(12);
      assertThat(said.path("charts")).hasSize(charts);
      for (JsonNode chart : said.path("charts")) {
        assertThat(chart.path("role").asText()).isEqualTo("img");
        assertThat(chart.path("label").asText()).isNotBlank();
        assertThat(chart.path("width").asDouble()).isBetween(width / 2.0, (double) width);
        assertThat(chart.path("marks").asInt()).as(chart.path("label").asText()).isPositive();
      }
    }
  }
}
