package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import hindcast.feedback.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  private static final LogFormat FORMAT = new OpenBanditFormat();
  private static final String HEADER = ",timestamp,item_id,position,click,propensity_score";

  @TempDir Path directory;

  @Test
  void plainAndGzipGiveTheSame() throws Exception {
    String text = log("10:00:00,7,1,0,0.5", "10:00:01,8,2,1,0.25");
    Path plain = write("log.csv", text);
    Path gzip = directory.resolve("log.csv.gz");
    Path disguised = directory.resolve("log.bin");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.copy(gzip, disguised);
    assertThat(lines(plain)).containsExactly("2:7", "3:8").isEqualTo(lines(gzip));
    assertThat(lines(disguised)).isEqualTo(lines(gzip));
  }

  @Test
  void zstandardIsReadByItsFirstBytes() throws Exception {
    String text = log(rows(5000));
    Path plain = write("log.csv", text);
    byte[] bytes = Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    Path whole = Files.write(directory.resolve("log.bin"), bytes);
    Path half = Files.write(directory.resolve("half"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(lines(whole)).hasSize(5000).isEqualTo(lines(plain));
    assertThatThrownBy(() -> lines(half))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("half cannot be read after line");
  }

  @Test
  void lineBreaksOfBothKindsAndEmptyLines() throws Exception {
    String text = log("10:00:00,7,1,0,0.5", "", "10:00:01,8,2,1,0.25");
    Path unix = write("unix.csv", text + "\n\n");
    Path windows = write("windows.csv", "\uFEFF" + text.replace("\n", "\r\n"));
    Path unfinished = write("unfinished.csv", text.stripTrailing());
    assertThat(lines(unix)).containsExactly("2:7", "4:8");
    assertThat(lines(windows)).containsExactly("2:7", "4:8");
    assertThat(lines(unfinished)).containsExactly("2:7", "4:8");
  }

  @Test
  void aReaderGoesOnWhereAnotherStood() throws Exception {
    Path file = write("log.csv", log(rows(500)));
    for (int stop : new int[] {0, 1, 7, 499, 500}) {
      List<String> seen = new ArrayList<>();
      LogReader.Position position;
      try (LogReader first = LogReader.open(FORMAT, file)) {
        for (int i = 0; i < stop; i++) {
          seen.add(describe(first.next()));
        }
        position = first.position();
      }
      try (LogReader second = LogReader.open(FORMAT, file)) {
        second.seek(position);
        for (LogEntry entry = second.next(); entry != null; entry = second.next()) {
          seen.add(describe(entry));
        }
      }
      assertThat(seen).isEqualTo(lines(file));
    }
  }

  @Test
  void whatIsNoLogIsNamed() throws Exception {
    Path empty = write("empty.csv", "");
    Path other = write("other.csv", "a,b,c\n1,2,3\n");
    assertThatThrownBy(() -> LogReader.open(FORMAT, empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty.csv is no obd log");
    assertThatThrownBy(() -> LogReader.open(FORMAT, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("timestamp");
    assertThatThrownBy(() -> LogFormat.of("xml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("xml");
  }

  @Test
  void aTruncatedGzipFileIsAnErrorWithItsLine() throws Exception {
    Path whole = directory.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(log(rows(5000)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path half = directory.resolve("half.gz");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> lines(half))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("half.gz cannot be read after line");
  }

  @Test
  void anEndlessLineIsCutAndTheNextIsWhole() throws Exception {
    String huge = "9".repeat(3 * LineReader.MAX_LINE_BYTES);
    Path file = write("log.csv", log("10:00:00,7,1,0,0.5", huge, "10:00:01,8,2,1,0.25"));
    assertThat(lines(file)).containsExactly("2:7", "3:MALFORMED", "4:8");
  }

  @Test
  void aScanTellsWhatIsInTheLog() throws Exception {
    Path file =
        write(
            "log.csv",
            log(
                "10:00:00,10,1,0,0.5",
                "10:00:05,9,2,1,0.25",
                "10:00:02.5,9,10,1,0.25",
                "10:00:06,9,2,1,7",
                "10:00:06,9,2,1,8",
                "junk"));
    LogScan scan = LogScan.of(FORMAT, file);
    assertThat(scan.entries()).isEqualTo(6);
    assertThat(scan.rewards()).isEqualTo(2);
    assertThat(scan.rejects())
        .isEqualTo(Map.of(Rejection.INVALID_PROPENSITY, 2L, Rejection.MALFORMED, 1L));
    assertThat(scan.items()).containsExactly("9", "10");
    assertThat(scan.segments()).containsExactly("1", "2", "10");
    assertThat(scan.lastTimeMicros() - scan.firstTimeMicros()).isEqualTo(5_000_000);
    assertThat(scan.disorderMicros()).isEqualTo(2_500_000);
    assertThat(scan.contextDimension()).isEqualTo(73);
  }

  @Test
  void itemsAreOrderedAsNumbersOrElseAsStrings() {
    assertThat(IdOrder.sorted(List.of("10", "9", "-1"))).containsExactly("-1", "9", "10");
    assertThat(IdOrder.sorted(List.of("10", "9", "a"))).containsExactly("10", "9", "a");
  }

  private List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LogReader reader = LogReader.open(FORMAT, file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        lines.add(describe(entry));
      }
    }
    return lines;
  }

  private static String describe(LogEntry entry) {
    return entry.line()
        + ":"
        + (entry.isRejected() ? entry.reject().reason() : entry.impression().getItemId());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String[] rows(int count) {
    String[] rows = new String[count];
    for (int i = 0; i < count; i++) {
      rows[i] = String.format("10:%02d:%02d.%06d,%d,1,0,0.5", i / 3600, i / 60 % 60, i, i * 31);
    }
    return rows;
  }

  private static String log(String... rows) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (String row : rows) {
      boolean timed = row.startsWith("10:");
      text.append(timed ? "0,2020-01-01 " + row : row).append('\n');
    }
    return text.toString();
  }
}
