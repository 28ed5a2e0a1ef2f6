package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.InputStream;
import hindcast.avro.ValueEstimate;
import hindcast.cli.Hindcast;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.connectors.kafka.RejectHeaders;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.CommittedRecords;
import hindcast.local.EmbeddedKafka;
import hindcast.local.LocalFlink;
import hindcast.local.results.LedgerTotals;
import hindcast.local.traffic.InputFeed;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job refuses records in three ways: impressions below a floor of its configuration, impressions
 * and rewards an adapter could not read, bytes that are none. It goes on from its savepoint with
 * the floor mended; the letters are replayed into it before their reward windows have closed. It
 * ends as the clean log does, but for the finding that records were refused for their propensity.
 */
class ReplayedLettersITCase {
  private static final int PARTITIONS = 2;
  private static final double FLOOR = 0.02;
  private static final int GARBAGE = 1;
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 1s}
      reward: {window: 10s}
      learning: {window: 2s}
      evaluation: {report-every: 5s}
      time: {idle-timeout: 0s}
      """;

  @TempDir Path directory;

  @Test
  void theRunningJobEndsAsThatOfACleanLog() throws Exception {
    RecordedTraffic traffic =
        new RecordedTraffic(
            new SyntheticWorld(WorldSettings.of(9, 100)), unbroken(), 2_000, directory);
    PipelineRun clean =
        PipelineRun.of(ConfigLoader.parse(CONFIG, Map.of()), traffic, 2, directory.resolve("a"));

    try (EmbeddedKafka broker = EmbeddedKafka.start(0, directory.resolve("kafka"));
        LocalFlink flink = LocalFlink.start(0, 2, directory.resolve("flink"))) {
      Map<String, String> address = Map.of("kafka.bootstrap-servers", broker.bootstrapServers());
      PipelineConfig mended = ConfigLoader.parse(CONFIG, address);
      PipelineConfig strict = mended.with(Map.of("propensity.floor", String.valueOf(FLOOR)));
      KafkaSettings kafka = PipelineJob.kafkaSettings(mended);
      try (Admin admin = Admin.create(kafka.clientProperties())) {
        kafka.topics().create(admin, PARTITIONS, (short) 1);
      }
      send(kafka, traffic.catalogue, record -> true);
      send(kafka, traffic.impressions, ReplayedLettersITCase::isRecord);
      send(kafka, traffic.rewards, ReplayedLettersITCase::isRecord);
      try (InputFeed feed = new InputFeed(kafka)) {
        feed.sendBytes(InputStream.IMPRESSIONS, null, new byte[] {1, 2, 3});
      }

      JobClient job = submit(flink, strict, traffic);
      long records = count(traffic.impressions) + count(traffic.rewards) + GARBAGE;
      awaitIn(flink, records);
      LedgerTotals refused = LedgerTotals.read("impressions", flink.metrics());
      stop(job, flink, false);
      assertThat(refused.deadLetters().get("INVALID_PROPENSITY")).isPositive();
      assertThat(refused.deadLetters().get("MISSING_FIELD")).isPositive();
      assertThat(refused.deadLetters().get("MALFORMED")).isEqualTo(GARBAGE);

      job = submit(flink, mended, traffic);
      replay(broker);
      long letters = letters(kafka);
      awaitIn(flink, records + letters);
      send(kafka, traffic.impressions, record -> !isRecord(record));
      send(kafka, traffic.rewards, record -> !isRecord(record));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                LedgerTotals in = LedgerTotals.read("impressions", flink.metrics());
                return in.account("outcomes") == clean.impressions.account("outcomes")
                    && in.held() == 0
                    && LedgerTotals.read("rewards", flink.metrics()).held() == 0;
              });
      stop(job, flink, true);
      assertSame(flink, kafka, clean, letters);
    }
  }

  private static void assertSame(
      LocalFlink flink, KafkaSettings kafka, PipelineRun clean, long letters) {
    LedgerTotals impressions = LedgerTotals.read("impressions", flink.metrics());
    LedgerTotals rewards = LedgerTotals.read("rewards", flink.metrics());
    for (LedgerTotals ledger : List.of(impressions, rewards)) {
      assertThat(ledger.gap()).as(ledger.equation()).isZero();
    }
    assertThat(impressions.in() + rewards.in())
        .isEqualTo(clean.impressions.in() + clean.rewards.in() + letters + GARBAGE);
    assertThat(impressions.duplicates()).isEqualTo(clean.impressions.duplicates());
    assertThat(rewards.account("joined")).isEqualTo(clean.rewards.account("joined"));
    assertThat(rewards.duplicates()).isEqualTo(clean.rewards.duplicates());

    CommittedRecords committed = new CommittedRecords(kafka);
    Map<String, Feedback> feedback = new TreeMap<>();
    for (Feedback record : committed.of(kafka.topics().feedback(), Feedback.class)) {
      assertThat(feedback.put(record.getImpressionId(), record)).isNull();
    }
    assertThat(feedback).isEqualTo(clean.feedback);
    Map<String, ValueEstimate> estimates = new TreeMap<>();
    for (ValueEstimate record :
        committed.of(kafka.topics().valueEstimates(), ValueEstimate.class)) {
      estimates.merge(
          PipelineRun.key(record),
          record,
          (one, other) -> one.getEventTimeMicros() > other.getEventTimeMicros() ? one : other);
    }
    assertThat(estimates.values())
        .allSatisfy(
            estimate ->
                assertThat(estimate.getUnreliable()).containsExactly("INVALID_PROPENSITIES"));
    estimates.values().forEach(estimate -> estimate.setUnreliable(List.of()));
    assertThat(estimates).isEqualTo(clean.estimates);
  }

  /** The demo's traffic at 1000 impressions a second, without broken records of its own. */
  private static TrafficSettings unbroken() {
    long second = 1_000_000;
    return new TrafficSettings(
        9, 1000, 10 * second, 2 * second, .01, second / 10, 2 * second, .005, .005, 0, 0);
  }

  private static void replay(EmbeddedKafka broker) {
    int code =
        Hindcast.execute(
            "dead-letters",
            "replay",
            "--bootstrap",
            broker.bootstrapServers(),
            "--reason",
            "INVALID_PROPENSITY",
            "--reason",
            "MISSING_FIELD");
    assertThat(code).isZero();
  }

  /** How many letters a replay sends, each of them once. */
  private static long letters(KafkaSettings kafka) {
    return new CommittedRecords(kafka)
        .of(kafka.topics().deadLetters(), DeadLetter.class).stream()
            .filter(
                letter ->
                    letter.getReason().equals("INVALID_PROPENSITY")
                        || letter.getReason().equals("MISSING_FIELD"))
            .map(
                letter ->
                    letter.getTopic() + "/" + letter.getPartition() + "/" + letter.getOffset())
            .distinct()
            .count();
  }

  private static JobClient submit(LocalFlink flink, PipelineConfig config, RecordedTraffic traffic)
      throws Exception {
    StreamExecutionEnvironment env = flink.environment(FlinkSettings.of(config));
    env.setParallelism(2);
    PipelineJob.build(env, config, traffic.manifest.getCount());
    return flink.submit(env, "pipeline");
  }

  private static void stop(JobClient job, LocalFlink flink, boolean drain) throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreException(ExecutionException.class) // some of the tasks may not run yet
        .until(
            () ->
                job.stopWithSavepoint(drain, flink.savepointFolder(), SavepointFormatType.CANONICAL)
                        .get(1, TimeUnit.MINUTES)
                    != null);
    job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
  }

  private static void awaitIn(LocalFlink flink, long records) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                LedgerTotals.read("impressions", flink.metrics()).in()
                        + LedgerTotals.read("rewards", flink.metrics()).in()
                    == records);
  }

  private static boolean isRecord(RawRecord record) {
    return record.kind() == Kind.DATA || record.kind() == Kind.POISON;
  }

  private static long count(List<RawRecord> records) {
    return records.stream().filter(ReplayedLettersITCase::isRecord).count();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // closing the producer waits for all of them
  private static void send(
      KafkaSettings kafka, List<RawRecord> records, Predicate<RawRecord> chosen) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (RawRecord record : records.stream().filter(chosen).toList()) {
        String topic = kafka.topics().of(record.stream());
        if (isRecord(record)) {
          byte[] key = record.isData() ? RecordKeys.of(record.payload(SpecificRecord.class)) : null;
          Integer partition = record.isData() ? null : Integer.valueOf(0);
          producer.send(new ProducerRecord<>(topic, partition, key, record.value(), headers(key)));
        } else {
          int partitions = kafka.topics().catalogue().equals(topic) ? 1 : PARTITIONS;
          for (int partition = 0; partition < partitions; partition++) {
            producer.send(new ProducerRecord<>(topic, partition, new byte[] {0}, record.value()));
          }
        }
      }
    }
  }

  /** Every tenth id is one the adapter cannot read, copies of its records included. */
  private static List<Header> headers(byte[] key) {
    boolean unread = key != null && key[key.length - 1] == '7';
    return unread
        ? RejectHeaders.of(new Reject(Rejection.MISSING_FIELD, "field must be present: none"))
        : new ArrayList<>();
  }
}
