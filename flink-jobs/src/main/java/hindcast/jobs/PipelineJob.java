package hindcast.jobs;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.InputStream;
import hindcast.connectors.kafka.ControlWatermarks;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.KafkaSinks;
import hindcast.connectors.kafka.KafkaSources;
import hindcast.connectors.kafka.MarkerWatermarks;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.connectors.kafka.StartupChecks;
import hindcast.connectors.kafka.Topics;
import hindcast.jobs.config.KafkaConfig;
import hindcast.jobs.config.PipelineConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;

/** The pipeline between Kafka topics: the job that production runs, and the demo. */
public final class PipelineJob {
  private static final Duration PARTITION_DISCOVERY = Duration.ofMinutes(5);

  private PipelineJob() {}

  /** Kafka as the configuration describes it. */
  public static KafkaSettings kafkaSettings(PipelineConfig config) {
    KafkaConfig kafka = config.kafka();
    return new KafkaSettings(
        kafka.bootstrapServers(),
        kafka.properties(),
        new Topics(kafka.topicPrefix()),
        kafka.transactionalIdPrefix(),
        kafka.transactionalIdPrefix(),
        kafka.transactionTimeout(),
        kafka.delivery() == KafkaConfig.Delivery.EXACTLY_ONCE,
        PARTITION_DISCOVERY);
  }

  /** What the pipeline asks of the broker before it starts. */
  public static StartupChecks.Needs startupNeeds(PipelineConfig config) {
    return new StartupChecks.Needs(
        config.job().checkpointInterval(),
        config
            .reward()
            .window()
            .plus(config.reward().correctionHorizon())
            .plus(config.learning().window())
            .plus(config.evaluation().reportEvery()),
        config.gates().automatic());
  }

  /** Number of actions the prior of the logging policy is uniform over. */
  public static long actionCount(PipelineConfig config, CatalogueManifest manifest) {
    int configured = config.propensity().actionCount();
    return configured > 0 ? configured : manifest.getCount();
  }

  /**
   * Builds the job in {@code env}.
   *
   * @param actionCount number of actions the prior of the logging policy is uniform over
   */
  public static void build(StreamExecutionEnvironment env, PipelineConfig config, long actionCount)
      throws ExecutionException, InterruptedException {
    write(config, PipelineTopology.build(config, read(env, config), actionCount));
  }

  /** The input topics. */
  public static PipelineTopology.Inputs read(StreamExecutionEnvironment env, PipelineConfig config)
      throws ExecutionException, InterruptedException {
    KafkaSettings kafka = kafkaSettings(config);
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      return new PipelineTopology.Inputs(
          source(env, config, kafka, admin, InputStream.IMPRESSIONS),
          source(env, config, kafka, admin, InputStream.REWARDS),
          source(env, config, kafka, admin, InputStream.CATALOGUE),
          source(env, config, kafka, admin, InputStream.POLICY_CONTROL));
    }
  }

  /**
   * Writes to the output topics: feedback and checkpoints in transactions, estimates and their
   * windows, alerts, findings, verdicts and dead letters as keyed upserts, and the commands of
   * gates if they may.
   */
  public static void write(PipelineConfig config, PipelineTopology.Outputs outputs) {
    KafkaSettings kafka = kafkaSettings(config);
    outputs.feedback().sinkTo(KafkaSinks.feedback(kafka)).uid("sink-feedback").name("[feedback]");
    outputs
        .checkpoints()
        .sinkTo(KafkaSinks.policyCheckpoints(kafka))
        .uid("sink-checkpoints")
        .name("[policy-checkpoints]");
    inOrder(outputs.estimates())
        .sinkTo(KafkaSinks.valueEstimates(kafka))
        .uid("sink-estimates")
        .name("[value-estimates]");
    inOrder(outputs.windows())
        .sinkTo(KafkaSinks.valueWindows(kafka))
        .uid("sink-value-windows")
        .name("[value-windows]");
    inOrder(outputs.alerts())
        .sinkTo(KafkaSinks.regressionAlerts(kafka))
        .uid("sink-alerts")
        .name("[regression-alerts]");
    inOrder(outputs.verdicts())
        .sinkTo(KafkaSinks.gateVerdicts(kafka))
        .uid("sink-verdicts")
        .name("[gate-verdicts]");
    if (config.gates().automatic()) {
      outputs
          .promotions()
          .sinkTo(KafkaSinks.policyControl(kafka))
          .uid("sink-promotions")
          .name("[policy-control]");
    }
    inOrder(outputs.findings())
        .sinkTo(KafkaSinks.auditFindings(kafka))
        .uid("sink-findings")
        .name("[audit-findings]");
    outputs
        .deadLetters()
        .sinkTo(KafkaSinks.deadLetters(kafka))
        .uid("sink-dead-letters")
        .name("[dead-letters]");
  }

  /** One writer for all records of a key: the newest is written last. */
  private static <T extends SpecificRecord> DataStream<T> inOrder(DataStream<T> upserts) {
    return upserts.keyBy(RecordKeys::text, Types.STRING);
  }

  private static DataStream<RawRecord> source(
      StreamExecutionEnvironment env,
      PipelineConfig config,
      KafkaSettings kafka,
      Admin admin,
      InputStream stream)
      throws ExecutionException, InterruptedException {
    String topic = kafka.topics().of(stream);
    return env.fromSource(
            KafkaSources.raw(
                kafka, stream, config.time().futureTolerance(), config.time().maxOutOfOrderness()),
            watermarks(config, stream),
            "[" + topic + "]",
            TypeInformation.of(RawRecord.class))
        .uid("source-" + stream.name().toLowerCase(Locale.ROOT))
        .setParallelism(KafkaSources.parallelism(admin, topic, config.job().parallelism()));
  }

  private static WatermarkStrategy<RawRecord> watermarks(
      PipelineConfig config, InputStream stream) {
    return stream == InputStream.POLICY_CONTROL
        ? new ControlWatermarks()
        : new MarkerWatermarks(config.time().maxOutOfOrderness(), config.time().idleTimeout());
  }
}
