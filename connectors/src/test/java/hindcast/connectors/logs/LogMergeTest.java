package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.connectors.kafka.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files read as one log. */
class LogMergeTest {
  private static final LogSplit BEGINNING = new LogSplit(LogPosition.START, 0);
  private static final LogFormat OBD = new OpenBanditFormat();
  private static final String HEADER = ",timestamp,item_id,position,click,propensity_score\n";

  @TempDir Path folder;

  @Test
  void piecesOfALogAreTheLogWhateverTheirNames() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add(i == 11 ? "junk" : row(60 + i, i % 4));
    }
    Path whole = write("whole", lines);
    List<Path> pieces =
        List.of(
            write("b", lines.subList(0, 7)),
            write("c", lines.subList(7, 20)),
            write("a", lines.subList(20, 30)));
    LogScan scan = scan(pieces.get(2), pieces.get(1), pieces.get(0));
    assertThat(scan.pieces()).extracting(LogPiece::file).isEqualTo(names(pieces));
    assertThat(scan.pieces()).extracting(LogPiece::numbersBefore).containsExactly(0L, 7L, 20L);
    assertThat(impressions(scan)).isEqualTo(impressions(scan(whole)));
    assertThat(scan.entries()).isEqualTo(30);
    assertThat(scan.lines()).isEqualTo(33);
    assertThat(scan.disorderMicros()).isZero();
  }

  @Test
  void filesWhoseTimesOverlapAreMerged() throws Exception {
    Path even = write("even", List.of(row(60, 1), row(62, 2), "junk", row(64, 3)));
    Path odd = write("odd", List.of(row(61, 4), row(62, 5), row(63, 6), row(70, 7)));
    LogScan scan = scan(even, odd);
    assertThat(items(scan)).containsExactly("1", "4", "2", "MALFORMED", "5", "6", "3", "7");
    assertThat(scan.disorderMicros()).isZero();
    assertThat(LogOrder.mostOpen(scan.pieces())).isEqualTo(2);
  }

  @Test
  void disorderIsThatInsideTheFiles() throws Exception {
    Path one = write("one", List.of(row(60, 1), row(80, 2), row(75, 3), row(90, 4)));
    Path two = write("two", List.of(row(62, 5), row(79, 6)));
    LogScan scan = scan(one, two);
    assertThat(scan.disorderMicros()).isEqualTo(5_000_000);
    assertThat(items(scan)).containsExactly("1", "5", "6", "2", "3", "4");
  }

  @Test
  void filesWithoutTimesGoOnWithTheNumbersOfTheLines() throws Exception {
    LogFormat format = LogFormat.of("dsjson");
    String line = "{\"_label_cost\":-1,\"a\":[1,2],\"p\":[0.5,0.5],\"c\":{}}\n";
    Path one = Files.writeString(folder.resolve("z"), line.repeat(3));
    Path empty = Files.writeString(folder.resolve("y"), "");
    Path two = Files.writeString(folder.resolve("x"), line.repeat(2));
    LogScan scan = LogScan.of(format, List.of(one, empty, two), List.of(), entries -> {});
    List<String> seen = new ArrayList<>();
    try (LogMerge merge = new LogMerge(format, scan.pieces())) {
      for (List<LogEntry> next = merge.next(); next != null; next = merge.next()) {
        LogEntry entry = next.get(0);
        seen.add(
            "%s:%d %s %d"
                .formatted(
                    Path.of(merge.piece().file()).getFileName(),
                    entry.line(),
                    entry.impression().getImpressionId(),
                    entry.timeMicros() / 1_000_000));
      }
    }
    assertThat(seen)
        .containsExactly(
            "z:1 000000000001 1",
            "z:2 000000000002 2",
            "z:3 000000000003 3",
            "x:1 000000000004 4",
            "x:2 000000000005 5");
    assertThat(scan.lastTimeMicros()).isEqualTo(5_000_000);
  }

  @Test
  void aRestoredReaderGivesTheSameRecords() throws Exception {
    Random random = new Random(20261127);
    List<Path> files = new ArrayList<>();
    for (int file = 0; file < 3; file++) {
      List<String> lines = new ArrayList<>();
      for (int second = 40 * file; second < 40 * file + 60; second += random.nextInt(3)) {
        lines.add(random.nextInt(9) == 0 ? "junk" : row(second + random.nextInt(2), second));
      }
      files.add(write("file" + file, lines));
    }
    LogSource source = new LogSource(OBD, scan(files.toArray(Path[]::new)).pieces());
    List<RawRecord> whole = readAll(source, BEGINNING, Integer.MAX_VALUE, new ArrayList<>());
    LogSplit.Serializer serializer = new LogSplit.Serializer();
    for (int round = 0; round < 40; round++) {
      List<RawRecord> seen = new ArrayList<>();
      LogSplit split = BEGINNING;
      while (seen.size() < whole.size()) {
        List<LogSplit> snapshot = new ArrayList<>();
        readAll(source, split, 1 + random.nextInt(40), seen, snapshot);
        if (snapshot.isEmpty()) {
          break;
        }
        split =
            serializer.deserialize(serializer.getVersion(), serializer.serialize(snapshot.get(0)));
      }
      assertThat(seen).isEqualTo(whole);
    }
  }

  @Test
  void whatCannotBeOneLogIsNamed() throws Exception {
    Path one = write("one", List.of(row(60, 1)));
    Path wide =
        Files.writeString(
            folder.resolve("wide"),
            HEADER.stripTrailing() + ",user-item_affinity_0\n" + row(61, 1) + ",0.5\n");
    assertThatThrownBy(() -> scan(one, wide))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("must have the same features", one + " has 73", wide + " has 74");
    assertThatThrownBy(() -> LogScan.of(OBD, List.of(one), List.of(one), entries -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rewards of format obd must be on the lines of their impressions");
  }

  private static List<RawRecord> readAll(
      LogSource source, LogSplit from, int most, List<RawRecord> seen) throws Exception {
    return readAll(source, from, most, seen, new ArrayList<>());
  }

  private static List<RawRecord> readAll(
      LogSource source, LogSplit from, int most, List<RawRecord> seen, List<LogSplit> snapshot)
      throws Exception {
    SourceReader<RawRecord, LogSplit> reader = source.createReader(new TestReader());
    reader.addSplits(List.of(from));
    TestReader output = new TestReader();
    for (int k = 0; k < most && reader.pollNext(output) != InputStatus.END_OF_INPUT; k++) {
      assertThat(reader.isAvailable()).isDone();
    }
    snapshot.addAll(reader.snapshotState(1));
    reader.close();
    seen.addAll(output.emitted);
    return seen;
  }

  private static List<String> items(LogScan scan) throws IOException {
    List<String> items = new ArrayList<>();
    try (LogMerge merge = new LogMerge(OBD, scan.pieces())) {
      for (List<LogEntry> next = merge.next(); next != null; next = merge.next()) {
        LogEntry entry = next.get(0);
        items.add(
            entry.isRejected() ? entry.reject().reason().name() : entry.impression().getItemId());
      }
      assertThat(merge.lines()).isEqualTo(scan.lines());
    }
    return items;
  }

  private static List<Object> impressions(LogScan scan) throws IOException {
    List<Object> impressions = new ArrayList<>();
    try (LogMerge merge = new LogMerge(OBD, scan.pieces())) {
      for (List<LogEntry> next = merge.next(); next != null; next = merge.next()) {
        LogEntry entry = next.get(0);
        impressions.add(
            entry.isRejected()
                ? new String(entry.raw(), StandardCharsets.UTF_8)
                : entry.impression());
      }
    }
    return impressions;
  }

  private static LogScan scan(Path... files) throws IOException {
    return LogScan.of(OBD, List.of(files), List.of(), entries -> {});
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(Path::toString).toList();
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), HEADER + String.join("\n", lines) + "\n");
  }

  private static String row(int second, int item) {
    return "0,2020-01-01 10:%02d:%02d,%d,1,%d,0.5"
        .formatted(second / 60, second % 60, item, item % 2);
  }
}
