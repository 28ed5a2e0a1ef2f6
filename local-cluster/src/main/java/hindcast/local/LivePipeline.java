package hindcast.local;

import hindcast.connectors.kafka.ControlWatermarks;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.results.LedgerTotals;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * The production job between the topics of a broker in this JVM: first {@link #start} broker,
 * cluster and topics, then {@link #submit} the job, at last {@link #stop} it.
 *
 * <p>On a kept data directory topics and job state are kept too, and the job goes on from where it
 * was.
 */
public final class LivePipeline implements AutoCloseable {

  private static final int PARTITIONS = 2;
  private static final short REPLICATION = 1;

  private final EmbeddedKafka kafka;
  private final LocalFlink flink;
  private final PipelineConfig config;
  private final Admin admin;
  private RunningJob job;

  private LivePipeline(EmbeddedKafka kafka, LocalFlink flink, PipelineConfig config) {
    this.kafka = kafka;
    this.flink = flink;
    this.config = config;
    this.admin = kafka.admin();
  }

  /**
   * Starts broker and cluster and makes the topics.
   *
   * @param wanted the configuration; broker and directories are replaced by the local ones
   * @throws LocalStartException if a port is taken or the directory cannot be used
   */
  public static LivePipeline start(
      PipelineConfig wanted, DataDirectory data, int kafkaPort, int webPort) {
    Path flinkFolder = data.folder("flink");
    EmbeddedKafka kafka = EmbeddedKafka.start(kafkaPort, data.folder("kafka"));
    try {
      LocalFlink flink = LocalFlink.start(webPort, wanted.job().parallelism(), flinkFolder);
      LivePipeline pipeline = new LivePipeline(kafka, flink, localised(wanted, kafka, data));
      pipeline.createTopics();
      return pipeline;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /** The configuration the job runs with. */
  public PipelineConfig config() {
    return config;
  }

  public KafkaSettings kafka() {
    return PipelineJob.kafkaSettings(config);
  }

  public LocalFlink flink() {
    return flink;
  }

  /** Starts the job, from its newest state if there is one. */
  public void submit(long actionCount) throws ExecutionException, InterruptedException {
    StreamExecutionEnvironment env = flink.environment(FlinkSettings.of(config));
    env.setParallelism(config.job().parallelism());
    PipelineJob.build(env, config, actionCount);
    job = new RunningJob(flink.submit(env, config.job().name()));
  }

  /** The job, once submitted. */
  public RunningJob job() {
    return job;
  }

  public LedgerTotals impressions() {
    return LedgerTotals.read("impressions", flink.metrics());
  }

  public LedgerTotals rewards() {
    return LedgerTotals.read("rewards", flink.metrics());
  }

  /** Whether the sources have read all there is in the input topics. */
  public boolean hasReadEverything() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(read()).allTopicNames().get().values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        admin.listOffsets(asked).all().get().entrySet()) {
      OptionalDouble read =
          flink
              .metrics()
              .max(
                  LocalMetrics.CURRENT_OFFSET,
                  Map.of(
                      "topic",
                      end.getKey().topic(),
                      "partition",
                      String.valueOf(end.getKey().partition())));
      if (read.orElse(-1) < end.getValue().offset() - 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether the commands that lay in their topic at the start no longer hold windows back. */
  public boolean knowsItsCommands() {
    return flink.metrics().sum(ControlWatermarks.RELEASES) > 0;
  }

  /**
   * Stops the job with a savepoint in the data directory.
   *
   * @return whether the savepoint was made
   * @see RunningJob#stop
   */
  public boolean stop(BooleanSupplier hurried) throws InterruptedException {
    return job.stop(flink.savepointFolder(), hurried);
  }

  @Override
  public void close() {
    admin.close();
    try {
      flink.close();
    } finally {
      kafka.close();
    }
  }

  private void createTopics() {
    try {
      kafka().topics().create(admin, PARTITIONS, REPLICATION);
    } catch (ExecutionException e) {
      throw new LocalStartException("topics cannot be made: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were made", e);
    }
  }

  /** The input topics the job has sources for. */
  private List<String> read() {
    return kafka().topics().inputs();
  }

  private static PipelineConfig localised(
      PipelineConfig wanted, EmbeddedKafka kafka, DataDirectory data) {
    return wanted.with(
        Map.of(
            "kafka.bootstrap-servers", kafka.bootstrapServers(),
            "catalogue.store-directory", data.folder("catalogue").toString(),
            "checkpoint-store.directory", data.folder("policies").toString()));
  }
}
