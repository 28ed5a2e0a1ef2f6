package hindcast.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoITCase {

  @TempDir Path folder;

  @Test
  void boundedTrafficIsReadToItsEnd() throws Exception {
    Path report = folder.resolve("report.json");
    int code =
        Hindcast.execute(
            "demo",
            "--duration",
            "6s",
            "--items",
            "300",
            "--rate",
            "500",
            "--port",
            "0",
            "--web-port",
            "0",
            "--set",
            "reward.window=2s",
            "--set",
            "learning.window=1s",
            "--set",
            "learning.policies.0.minibatch=64",
            "--report",
            report.toString());
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.get("log").get("outcomes").asInt()).isEqualTo(3_000);
    assertThat(json.get("log").get("held").asInt()).isZero();
    assertThat(json.get("log").get("deadLetters")).isNotEmpty();
    for (String ledger : List.of("impressions", "rewards")) {
      assertThat(json.get("ledgers").get(ledger).get("gap").asLong()).isZero();
      assertThat(json.get("ledgers").get(ledger).get("duplicates").asLong()).isPositive();
    }
    assertThat(json.get("policies")).isNotEmpty();
    List<String> known = new ArrayList<>();
    for (JsonNode estimate : json.get("estimates")) {
      if (estimate.get("version").asLong() == 0 && estimate.get("segment").asText().equals("*")) {
        assertThat(estimate.get("truth").asDouble()).isBetween(0.0, 1.0);
        known.add(estimate.get("policy").asText());
      }
    }
    assertThat(known).contains("uniform", "logging", "clpi", "clpi/greedy", "clpi/sharpened:4");
  }

  @Test
  void stopsCleanlyWithinTenSecondsAndGoesOnInItsDirectory() throws Exception {
    Path data = folder.resolve("data");
    List<String> first = runUntilOutcomesThenInterrupt(data);
    assertThat(first).anyMatch(line -> line.startsWith("ledger  impressions "));
    long firstIn = impressionsIn(first);
    List<String> second = runUntilOutcomesThenInterrupt(data);
    assertThat(impressionsIn(second)).isGreaterThan(firstIn);
  }

  /** Runs the demo in a process of its own; the lines it printed after it was interrupted. */
  private static List<String> runUntilOutcomesThenInterrupt(Path data) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Dlog4j2.configurationFile=log4j2.properties",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Hindcast.class.getName(),
                "demo",
                "--items",
                "100",
                "--rate",
                "200",
                "--port",
                "0",
                "--web-port",
                "0",
                "--set",
                "reward.window=2s",
                "--data-dir",
                data.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.matches(".*outcomes [1-9].*")) {
        line = out.readLine();
      }
      assertThat(line).as("the demo counts outcomes").isNotNull();
      long asked = System.nanoTime();
      new ProcessBuilder("kill", stopSignal(), String.valueOf(process.pid())).start().waitFor();
      List<String> rest = out.lines().toList();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
      assertThat(process.exitValue()).as(rest.toString()).isZero();
      return rest;
    } finally {
      process.destroyForcibly();
    }
  }

  private static long impressionsIn(List<String> lines) {
    String last =
        lines.stream()
            .filter(line -> line.startsWith("ledger  impressions "))
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(last).endsWith("gap 0");
    return Long.parseLong(
        last.replaceAll("ledger {2}impressions ([\\d,]+) = .*", "$1").replace(",", ""));
  }

  /**
   * Ctrl-C's signal; SIGTERM, which is handled alike, where this process was started with SIGINT
   * ignored, as a shell does in the background, for children inherit that.
   */
  private static String stopSignal() throws IOException {
    Path status = Path.of("/proc/self/status");
    boolean ignored =
        Files.isReadable(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).trim())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 2) != 0);
    return ignored ? "-TERM" : "-INT";
  }
}
