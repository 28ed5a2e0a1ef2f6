package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import hindcast.local.BanditLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are repeated: the same certificate, or the name of what differs. */
class VerifyITCase {
  private static final int ROWS = 3_000;

  @TempDir Path folder;
  private Path log;
  private Path table;
  private Path configuration;

  @BeforeEach
  void prepare() throws Exception {
    log = folder.resolve("log.csv");
    table = folder.resolve("table.csv");
    configuration = folder.resolve("hindcast.yaml");
    BanditLog.write(log, ROWS);
    BanditLog.writeTable(table);
    Files.writeString(
        configuration,
        """
        learning:
          policies: [{id: clpi, minibatch: 64}]
        gates:
          policies: [uniform]
          test-share: 0.5
        """);
  }

  @Test
  void theSameTwiceAndWithOtherParallelism() throws Exception {
    JsonNode one = certificate("one.json", "1");
    JsonNode two = certificate("two.json", "2");
    assertThat(two.path("parts")).isEqualTo(one.path("parts"));
    assertThat(one.path("environment").path("parallelism").asInt()).isEqualTo(1);
    assertThat(two.path("environment").path("parallelism").asInt()).isEqualTo(2);
    assertThat(one.at("/parts/inputs/entries")).hasSize(3);
    assertThat(one.at("/parts/learned/entries/clpi/sha256").asText()).hasSize(64);
    assertThat(one.at("/parts/estimates/entries")).isNotEmpty();
    assertThat(one.at("/parts/windows/entries")).isNotEmpty();
    assertThat(one.at("/parts/verdicts/entries")).isNotEmpty();

    Path page = folder.resolve("two.json.html");
    assertThat(page).isNotEmptyFile();
    Files.delete(page);
    Run verified = run("replay", "--verify", folder.resolve("two.json").toString());
    assertThat(verified.out()).contains("3 inputs are the same", "nothing differs");
    assertThat(verified.code()).isZero();
    assertThat(page).doesNotExist();

    String changed = Files.readString(log).replaceFirst(",0,0\\.2,", ",1,0.2,");
    assertThat(changed).isNotEqualTo(Files.readString(log));
    Files.writeString(log, changed);
    Files.writeString(
        configuration,
        Files.readString(configuration).replace("test-share: 0.5", "test-share: 0.4"));
    Run differs = run("replay", "--verify", folder.resolve("two.json").toString());
    assertThat(differs.code()).isEqualTo(1);
    assertThat(differs.out())
        .contains("input differs: log " + log + ": sha256 ")
        .contains("input differs: configuration " + configuration)
        .contains("gates.test-share: 0.5 in the certificate, 0.4 now")
        .containsPattern("estimates +DIFFERS")
        .containsPattern(
            "clpi version 0 CIPS_CAP\\{cap=10\\.0\\} segment \\*: value 0\\.\\d+ in the"
                + " certificate")
        .contains("NOT the same run");

    Files.delete(log);
    assertThat(run("replay", "--verify", folder.resolve("two.json").toString()).code())
        .isEqualTo(2);
  }

  private JsonNode certificate(String name, String parallelism) throws Exception {
    Path file = folder.resolve(name);
    Run run =
        run(
            "replay",
            "--format",
            "obd",
            "--log",
            log.toString(),
            "--config",
            configuration.toString(),
            "--set",
            "learning.window=5min",
            "--set",
            "evaluation.report-every=0",
            "--set",
            "time.idle-timeout=0",
            "--set",
            "job.parallelism=" + parallelism,
            "--learn",
            "clpi",
            "--evaluate",
            "uniform",
            "--evaluate",
            "table:" + table,
            "--html",
            file + ".html",
            "--certificate",
            file.toString());
    assertThat(run.code()).as(run.out()).isZero();
    return new ObjectMapper().readTree(file.toFile());
  }

  private record Run(int code, String out) {}

  private static Run run(String... arguments) {
    PrintStream standard = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      List<String> all = new ArrayList<>(List.of(arguments));
      int code = Hindcast.execute(all.toArray(String[]::new));
      return new Run(code, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standard);
    }
  }
}
