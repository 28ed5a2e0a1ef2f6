package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.feedback.Rejection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSourceHarnessTest {
  private static final String LOG =
      """
      ,timestamp,item_id,position,click,propensity_score
      0,2020-01-01 10:00:00,7,1,0,0.5
      1,2020-01-01 10:00:01,8,2,1,0.25
      2,2020-01-01 10:00:02,8,2,1,1.7
      3,2020-01-01 10:00:03,7,1,1,0.5
      """;

  private static final LogSplit BEGINNING = new LogSplit(LogPosition.START, 0);

  @TempDir Path directory;
  private Path file;
  private List<LogPiece> pieces;
  private LogSource source;

  @BeforeEach
  void writeLog() throws Exception {
    file = Files.writeString(directory.resolve("log.csv"), LOG);
    pieces = LogScan.of(new OpenBanditFormat(), file).pieces();
    source = new LogSource(new OpenBanditFormat(), pieces);
  }

  @Test
  void recordsLookAsIfTheyCameFromKafka() throws Exception {
    List<RawRecord> records = readAll(restored(BEGINNING));
    assertThat(records)
        .extracting(RawRecord::stream)
        .containsExactly(
            InputStream.IMPRESSIONS,
            InputStream.IMPRESSIONS,
            InputStream.REWARDS,
            InputStream.IMPRESSIONS,
            InputStream.IMPRESSIONS,
            InputStream.REWARDS);
    RawRecord impression = records.get(0);
    assertThat(impression.topic()).isEqualTo(file.toString());
    assertThat(impression.offset()).isEqualTo(2);
    assertThat(impression.kind()).isEqualTo(Kind.DATA);
    assertThat(new WireFormat().decode(impression.value()).record())
        .isEqualTo(impression.payload(Impression.class));
    assertThat(records.get(2).payload(Reward.class).getImpressionId()).isEqualTo("000000000003");
    RawRecord poison = records.get(3);
    assertThat(poison.reject().reason()).isEqualTo(Rejection.INVALID_PROPENSITY);
    assertThat(poison.value())
        .isEqualTo("2,2020-01-01 10:00:02,8,2,1,1.7".getBytes(StandardCharsets.UTF_8));
    assertThat(LogProgress.of(pieces).lines()).isEqualTo(5);
  }

  @Test
  void aRestoredReaderGoesOnWithTheNextLine() throws Exception {
    List<RawRecord> whole = readAll(restored(BEGINNING));
    SourceReader<RawRecord, LogSplit> first = restored(BEGINNING);
    TestReader output = new TestReader();
    first.pollNext(output);
    first.pollNext(output);
    LogSplit.Serializer serializer = new LogSplit.Serializer();
    LogSplit snapshot =
        serializer.deserialize(
            serializer.getVersion(), serializer.serialize(first.snapshotState(1).get(0)));
    assertThat(snapshot).isEqualTo(first.snapshotState(1).get(0));
    assertThat(snapshot.latestMicros()).isGreaterThan(0);
    List<RawRecord> both = new ArrayList<>(output.emitted);
    both.addAll(readAll(restored(snapshot)));
    assertThat(both).isEqualTo(whole);
  }

  @Test
  void aReaderWithoutTheSplitEndsAtOnce() throws Exception {
    TestReader context = new TestReader();
    SourceReader<RawRecord, LogSplit> reader = source.createReader(context);
    reader.start();
    assertThat(context.splitRequests).isEqualTo(1);
    assertThat(reader.pollNext(context)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(reader.isAvailable()).isNotDone();
    reader.notifyNoMoreSplits();
    assertThat(reader.isAvailable()).isDone();
    assertThat(reader.pollNext(context)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(reader.snapshotState(1)).isEmpty();
  }

  @Test
  void theEnumeratorRemembersWhetherTheLogIsTaken() throws Exception {
    var serializer = source.getEnumeratorCheckpointSerializer();
    for (Optional<LogSplit> unassigned :
        List.of(
            Optional.<LogSplit>empty(),
            Optional.of(
                new LogSplit(
                    new LogPosition(
                        4, List.of(new LogPosition.Open(2, new LogReader.Position(3, 99)))),
                    7)))) {
      assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(unassigned)))
          .isEqualTo(unassigned);
    }
  }

  private SourceReader<RawRecord, LogSplit> restored(LogSplit split) {
    SourceReader<RawRecord, LogSplit> reader = source.createReader(new TestReader());
    reader.addSplits(List.of(split));
    reader.start();
    return reader;
  }

  private static List<RawRecord> readAll(SourceReader<RawRecord, LogSplit> reader)
      throws Exception {
    TestReader output = new TestReader();
    while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
      assertThat(reader.isAvailable()).isDone();
    }
    return output.emitted;
  }
}
