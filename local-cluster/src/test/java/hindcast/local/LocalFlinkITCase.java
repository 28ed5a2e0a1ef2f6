package hindcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFlinkITCase {

  @TempDir Path directory;

  @Test
  void goesOnFromItsNewestStateAndKeepsTheLastMetrics() throws Exception {
    long seen;
    try (LocalFlink flink = LocalFlink.start(0, 1, directory)) {
      JobClient job = count(flink);
      await().until(() -> flink.metrics().sum("seen") > 50);
      job.stopWithSavepoint(false, flink.savepointFolder(), SavepointFormatType.CANONICAL).get();
      seen = flink.metrics().sum("seen");
      assertThat(flink.metrics().sumBy("reason", "rejected", Map.of()))
          .containsEntry("ODD", seen / 2);
    }
    try (LocalFlink flink = LocalFlink.start(0, 1, directory)) {
      JobClient job = count(flink);
      await().until(() -> flink.metrics().sum("seen") > 0);
      assertThat(flink.metrics().sum("seen")).isGreaterThanOrEqualTo(seen);
      job.cancel().get();
    }
  }

  @Test
  void servesTheWebInterfaceOnLoopbackWithoutSubmitAndCancel() throws Exception {
    try (LocalFlink flink = LocalFlink.start(0, 1, directory)) {
      assertThat(flink.webAddress().getHost()).isEqualTo("127.0.0.1");
      await()
          .untilAsserted(
              () -> assertThat(status(flink.webAddress().resolve("/config"))).isEqualTo(200));
      assertThat(status(flink.webAddress().resolve("/index.html"))).isEqualTo(200);
      assertThat(status(flink.webAddress().resolve("/jars"))).isEqualTo(404);
      assertThatThrownBy(() -> LocalFlink.start(flink.webAddress().getPort(), 1, directory))
          .isInstanceOf(LocalStartException.class)
          .hasMessageContaining("--web-port");
    }
  }

  @Test
  void nothingListensBeyondThisMachine() throws Exception {
    assumeTrue(ListeningSockets.canBeRead(), "needs Linux's /proc");
    Set<String> before = ListeningSockets.addresses();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        LocalFlink flink = LocalFlink.start(0, 1, directory)) {
      assertThat(kafka.port()).isNotEqualTo(flink.webAddress().getPort());
      Set<String> opened = ListeningSockets.addresses();
      opened.removeAll(before);
      assertThat(opened)
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(address -> assertThat(address).containsPattern("0100007F:[0-9A-F]{4}$"));
    }
  }

  private static int status(URI address) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private static JobClient count(LocalFlink flink) {
    StreamExecutionEnvironment env = flink.environment(new Configuration());
    env.setParallelism(1);
    env.enableCheckpointing(Duration.ofMillis(500).toMillis());
    env.fromSource(
            new DataGeneratorSource<>(
                index -> index, Long.MAX_VALUE, RateLimiterStrategy.perSecond(200), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new CountSeen())
        .uid("count")
        .name("count")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return flink.submit(env, "count");
  }

  private static final class CountSeen extends RichMapFunction<Long, Long>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private transient ListState<Long> state;
    private long seen;

    @Override
    public void open(OpenContext context) {
      var group = getRuntimeContext().getMetricGroup().addGroup("hindcast");
      group.gauge("seen", () -> seen);
      group.addGroup("reason", "ODD").gauge("rejected", () -> seen / 2);
    }

    @Override
    public Long map(Long value) {
      seen++;
      return value;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      state.update(java.util.List.of(seen));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      state =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("seen", Types.LONG));
      for (long value : state.get()) {
        seen += value;
      }
    }
  }
}
