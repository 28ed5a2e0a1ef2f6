package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import hindcast.cli.Hindcast;
import hindcast.local.BanditLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One log in one file, in pieces with shuffled names, and from standard input: one report. */
class SeveralFilesITCase {
  private static final int ROWS = 1_500;
  private static final List<String> NAMES = List.of("d", "b.gz", "e", "a.zst", "c.gz");

  @TempDir Path folder;
  private final Map<String, String> texts = new HashMap<>();
  private Path log;
  private Path pieces;

  @BeforeEach
  void cut() throws Exception {
    log = folder.resolve("log.csv");
    BanditLog.write(log, ROWS);
    pieces = Files.createDirectory(folder.resolve("pieces"));
    List<String> lines = Files.readAllLines(log);
    int rows = lines.size() - 1;
    for (int k = 0; k < NAMES.size(); k++) {
      int from = 1 + k * rows / NAMES.size();
      int to = 1 + (k + 1) * rows / NAMES.size();
      String text = lines.get(0) + "\n" + String.join("\n", lines.subList(from, to)) + "\n";
      texts.put(NAMES.get(k), text);
      Files.write(pieces.resolve(NAMES.get(k)), packed(NAMES.get(k), text));
    }
  }

  @Test
  void aDirectoryOfPiecesGivesTheReportOfTheWhole() throws Exception {
    Path letters = folder.resolve("letters.jsonl");
    String whole = report(log.toString());
    assertThat(report(pieces.toString(), "--dead-letters", letters.toString())).isEqualTo(whole);
    assertThat(whole).contains("\"outcomes\" : " + ROWS);
    List<String> raw = new ArrayList<>();
    for (String line : Files.readAllLines(letters)) {
      JsonNode letter = new ObjectMapper().readTree(line);
      String name = Path.of(letter.path("topic").asText()).getFileName().toString();
      raw.add(new String(letter.path("raw").binaryValue(), StandardCharsets.UTF_8));
      assertThat(texts.get(name).split("\n")[letter.path("offset").asInt() - 1])
          .isEqualTo(raw.get(raw.size() - 1));
    }
    assertThat(raw).containsExactlyInAnyOrderElementsOf(BanditLog.broken());
  }

  @Test
  void soDoesStandardInput() throws Exception {
    InputStream standard = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(log)));
      assertThat(report("-")).isEqualTo(report(log.toString()));
    } finally {
      System.setIn(standard);
    }
  }

  private static byte[] packed(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".zst")) {
      return Zstd.compress(bytes);
    }
    if (!name.endsWith(".gz")) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private String report(String log, String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> arguments =
        new ArrayList<>(
            List.of("replay", "--format", "obd", "--log", log, "--evaluate", "uniform"));
    arguments.addAll(List.of("--learn", "clpi", "--report", report.toString()));
    arguments.addAll(List.of(options));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    return Files.readString(report).replaceAll("(?s),\\s*\"throughput\".*", "");
  }
}
