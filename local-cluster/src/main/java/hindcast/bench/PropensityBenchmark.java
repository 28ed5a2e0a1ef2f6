package hindcast.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.Feedback;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.feedback.CountShown;
import hindcast.jobs.feedback.EstimatePropensity;
import hindcast.jobs.feedback.PropensitySettings;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.local.CollectingSink;
import hindcast.local.LocalFlink;
import hindcast.local.RunningJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The estimate of the logging policy as the pipeline runs it, between a made-up log and a counter,
 * in two subtasks: serialisation between them, ordering, keyed state and checkpoints included.
 */
final class PropensityBenchmark {
  private static final int SUBTASKS = 2;
  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final int events;
  private final int segments;
  private final int items;
  private final String stateBackend;
  private final long seed;
  private final Progress progress;

  PropensityBenchmark(
      int events, int segments, int items, String stateBackend, long seed, Progress progress) {
    this.events = events;
    this.segments = segments;
    this.items = items;
    this.stateBackend = stateBackend;
    this.seed = seed;
    this.progress = progress;
  }

  /** Runs one job over the log. */
  PropensityRun run(double zipf, boolean wholeWindow) throws Exception {
    progress.say((zipf == 0 ? "even keys" : "Zipf keys") + (wholeWindow ? ", whole windows" : ""));
    PipelineConfig config =
        PipelineConfig.defaults()
            .with(
                Map.of(
                    "job.checkpoint-interval",
                    "20s",
                    "job.state-backend",
                    stateBackend,
                    "propensity.update",
                    wholeWindow ? "window" : "event"));
    PropensityCounter counter = new PropensityCounter(events, segments, items);
    Path directory = Files.createTempDirectory("hindcast-bench");
    try (LocalFlink flink = LocalFlink.start(0, SUBTASKS, directory);
        CollectingSink.Collection<Feedback> out = CollectingSink.into(counter::add)) {
      StreamExecutionEnvironment env = flink.environment(FlinkSettings.of(config));
      env.setParallelism(SUBTASKS);
      build(env, PropensitySettings.of(config, items), zipf, out.sink());
      long start = CpuClock.processNanos();
      JobClient client = flink.submit(env, "propensity");
      new RunningJob(client).requireSuccess();
      double cpuMicros = (CpuClock.processNanos() - start) * 1e-3;
      return new PropensityRun(
          zipf,
          wholeWindow,
          counter.eventsPerSecond(),
          cpuMicros / events,
          counter.hottestShare(),
          counter.segments(),
          counter.pairs(),
          checkpointBytes(flink.webAddress(), client),
          predictedBytes(counter.segments(), counter.pairs()),
          counter.lost());
    } finally {
      delete(directory);
    }
  }

  private void build(
      StreamExecutionEnvironment env,
      PropensitySettings settings,
      double zipf,
      CollectingSink<Feedback> sink) {
    ImpressionTimeWindows windows = new ImpressionTimeWindows(WINDOW, Duration.ZERO);
    SingleOutputStreamOperator<Feedback> log =
        env.fromSequence(0, events - 1L)
            .setParallelism(1)
            .uid("numbers")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Long>forMonotonousTimestamps()
                    .withTimestampAssigner(
                        (event, none) -> event * PropensityEvents.SPACING_MICROS / 1000))
            .setParallelism(1)
            .uid("time")
            .rebalance()
            .map(new PropensityEvents(segments, items, zipf, seed))
            .returns(new AvroTypeInfo<>(Feedback.class))
            .uid("events");
    log.keyBy(EstimatePropensity::key, Types.STRING)
        .connect(
            log.transform(
                    "count what was shown",
                    CountShown.TYPE,
                    new CountShown(windows, settings.popularity()))
                .uid("count-shown")
                .broadcast())
        .transform(
            "estimate",
            new AvroTypeInfo<>(Feedback.class),
            new EstimatePropensity(settings, windows))
        .uid("estimate")
        .sinkTo(sink)
        .uid("count");
  }

  /**
   * {@code S (2 k + 37) + n (i + 10)} bytes: S segments with keys of k characters, n (segment,
   * item) pairs with items of i.
   */
  static long predictedBytes(long segments, long pairs) {
    return segments * (2L * PropensityEvents.KEY_LENGTH + 37)
        + pairs * (PropensityEvents.ITEM_LENGTH + 10);
  }

  private static long checkpointBytes(URI web, JobClient client) throws IOException {
    return new ObjectMapper()
        .readTree(web.resolve("/jobs/" + client.getJobID() + "/checkpoints").toURL())
        .at("/latest/completed/state_size")
        .asLong();
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
