package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.InputStream;
import hindcast.connectors.kafka.RawRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A log in disorder through a cluster of two subtasks, with generic types forbidden. */
class LogSourceITCase {
  private static final int LINES = 2000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  @Test
  void everyLineArrivesOnceAndNoneIsLateDespiteAFailure() throws Exception {
    Path file = directory.resolve("log.csv");
    Files.write(file, lines());
    LogFormat format = new OpenBanditFormat();
    LogScan scan = LogScan.of(format, file);
    assertThat(scan.disorderMicros()).isEqualTo(2_000_000);

    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setParallelism(2);
    env.enableCheckpointing(20);
    DataStream<RawRecord> records =
        env.fromSource(new LogSource(format, scan.pieces()), LogSource.watermarks(scan), "log")
            .map(new FailOnce())
            .returns(RawRecord.class);
    List<String> seen = new ArrayList<>();
    records.rebalance().process(new Lateness()).executeAndCollect().forEachRemaining(seen::add);

    Map<String, Long> counts =
        seen.stream().collect(Collectors.groupingBy(text -> text, Collectors.counting()));
    assertThat(counts)
        .isEqualTo(
            Map.of(
                InputStream.IMPRESSIONS + " in time",
                (long) LINES,
                InputStream.REWARDS + " in time",
                LINES / 2L));
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(",timestamp,item_id,position,click,propensity_score");
    for (int i = 0; i < LINES; i++) {
      int second = i % 7 == 3 ? i - 3 : i;
      lines.add(
          String.format(
              "%d,2020-01-01 10:%02d:%02d,7,1,%d,0.5", i, second / 60, second % 60, i % 2));
    }
    return lines;
  }

  /** Fails once, after a checkpoint has been taken in the middle of the log. */
  private static final class FailOnce implements MapFunction<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;
    private static volatile boolean failed;

    @Override
    public RawRecord map(RawRecord record) throws Exception {
      if (!failed && record.offset() > LINES / 2) {
        Thread.sleep(200);
        failed = true;
        throw new IllegalStateException("on purpose");
      }
      return record;
    }
  }

  private static final class Lateness extends ProcessFunction<RawRecord, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord record, Context context, Collector<String> out) {
      boolean late = context.timestamp() <= context.timerService().currentWatermark();
      out.collect(record.stream() + (late ? " late" : " in time"));
    }
  }
}
