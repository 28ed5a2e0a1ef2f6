package hindcast.local.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.cli.Hindcast;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.local.EmbeddedKafka;
import hindcast.local.traffic.InputFeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecentTrafficITCase {
  private static final long WINDOW_MICROS = 120_000_000;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatCameToTheTopicsIsValidatedLikeALog() throws Exception {
    List<LogEntry> log = log();
    long latest = 0;
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin = kafka.admin()) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      settings.topics().create(admin, 2, (short) 1);
      assertThat(validate(kafka)).isEqualTo(2);
      assertThat(out.toString()).contains("VERDICT   there is nothing in it");
      try (InputFeed feed = new InputFeed(settings)) {
        for (LogEntry entry : log) {
          feed.send(entry.impression());
          latest = Math.max(latest, entry.impression().getEventTimeMicros());
          for (Reward reward : entry.rewards()) {
            feed.send(reward);
            latest = Math.max(latest, reward.getEventTimeMicros());
          }
        }
        feed.sendBytes(InputStream.IMPRESSIONS, null, new byte[] {1, 2, 3});
        feed.send(new Reward("lost", "r", latest - 1, 1.0, ""));
        feed.marker(latest);
        feed.flush();
      }
      Duration hour = Duration.ofHours(1);
      RecentTraffic some = new RecentTraffic(settings, hour, hour, hour, 100);
      some.scan(records -> {});
      assertThat(some.name()).containsPattern("only the earliest [0-9,]+ records were read");
      Path json = folder.resolve("report.json");
      assertThat(validate(kafka, "--json", json.toString())).isZero();
      assertReport(new ObjectMapper().readTree(json.toFile()), log, latest);
    }
    assertThat(out.toString())
        .contains("2min", "impressions", "VERDICT   sound")
        .doesNotContain("only the earliest");
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() {
    int code = command().execute("validate", "--last", "1min", "--bootstrap", "localhost:1");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("localhost:1");
  }

  private static void assertReport(JsonNode report, List<LogEntry> log, long latest) {
    List<LogEntry> closed =
        log.stream()
            .filter(e -> e.impression().getEventTimeMicros() <= latest - WINDOW_MICROS)
            .toList();
    assertThat(closed).hasSizeBetween(2500, 2990);
    assertThat(report.path("log").path("decisions").asInt()).isEqualTo(closed.size());
    assertThat(report.path("join").path("joinedRewards").asLong())
        .isEqualTo(closed.stream().mapToLong(e -> e.rewards().size()).sum());
    assertThat(report.path("join").path("orphanRewards").asInt()).isEqualTo(1);
    assertThat(report.path("join").path("recommendedWindowSeconds").asInt()).isEqualTo(120);
    List<String> reasons = new ArrayList<>();
    report.path("rejections").forEach(r -> reasons.add(r.path("reason").asText()));
    assertThat(reasons).containsExactlyInAnyOrder("MALFORMED", "NO_IMPRESSION");
  }

  private List<LogEntry> log() throws IOException {
    Path file = new DecisionLog(7).decisions(3000).write(folder.resolve("decisions.json"));
    List<LogEntry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(LogFormat.of("dsjson"), file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private int validate(EmbeddedKafka kafka, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "validate",
                "--last",
                "10min",
                "--bootstrap",
                kafka.bootstrapServers(),
                "--set",
                "reward.window=2min"));
    arguments.addAll(List.of(more));
    return command().execute(arguments.toArray(String[]::new));
  }

  private CommandLine command() {
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command;
  }
}
