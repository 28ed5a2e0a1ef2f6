package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.DeadLetter;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.deadletter.DeadLetters;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.local.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Topics, checks, sources and sinks against a real broker. */
class KafkaConnectorsITCase {
  private static final StartupChecks.Needs NEEDS =
      new StartupChecks.Needs(Duration.ofSeconds(10), Duration.ofHours(1), true);

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void createdTopicsPassTheChecks() throws Exception {
    KafkaSettings settings = settings("created.", Duration.ofMinutes(15));
    assertThat(StartupChecks.problems(settings, NEEDS))
        .hasSize(settings.topics().definitions(1, (short) 1).size())
        .allSatisfy(problem -> assertThat(problem).contains("topic must exist: created."));
    create(settings);
    create(settings);
    assertThat(StartupChecks.problems(settings, NEEDS)).isEmpty();
  }

  @Test
  void whatWouldLoseDataIsRefused() throws Exception {
    KafkaSettings settings = settings("wrong.", Duration.ofHours(2));
    create(settings);
    alter(settings.topics().rewards(), "message.timestamp.type", "CreateTime");
    alter(settings.topics().deadLetters(), "max.message.bytes", "1048588");
    alter(settings.topics().impressions(), "retention.ms", "3600000");
    alter(settings.topics().policyCheckpoints(), "retention.ms", "604800000");
    await()
        .untilAsserted(
            () ->
                assertThat(StartupChecks.problems(settings, NEEDS))
                    .hasSize(8)
                    .anySatisfy(
                        problem ->
                            assertThat(problem)
                                .contains("retention.ms of topic wrong.impressions", "1h"))
                    .anySatisfy(
                        problem ->
                            assertThat(problem)
                                .contains("wrong.policy-checkpoints is kept for ever"))
                    .anySatisfy(
                        problem -> assertThat(problem).contains("wrong.rewards", "LogAppendTime"))
                    .anySatisfy(
                        problem ->
                            assertThat(problem).contains("max.message.bytes", "wrong.catalogue"))
                    .anySatisfy(
                        problem ->
                            assertThat(problem)
                                .contains("transaction.max.timeout.ms of 1h", "timeout", "2h")));
  }

  @Test
  void aTopicReadInOrderHasOnePartitionAndTheClockIsNotBehind() throws Exception {
    KafkaSettings settings = settings("order.", Duration.ofMinutes(15));
    create(settings);
    try (Admin admin = Admin.create(settings.clientProperties())) {
      admin
          .createPartitions(Map.of(settings.topics().policyControl(), NewPartitions.increaseTo(2)))
          .all()
          .get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(settings.topics().impressions(), new byte[] {1})).get();
    }
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10));
    await()
        .untilAsserted(
            () ->
                assertThat(StartupChecks.problems(settings, NEEDS, Duration.ofSeconds(10), slow))
                    .hasSize(2)
                    .anySatisfy(
                        problem ->
                            assertThat(problem).contains("order.policy-control", "1 partition: 2"))
                    .anySatisfy(problem -> assertThat(problem).contains("clock of this machine")));
  }

  @Test
  void theSourceKnowsMarkersFutureAndForwardedRejects() throws Exception {
    KafkaSettings settings = settings("source.", Duration.ofMinutes(15));
    create(settings);
    long now = System.currentTimeMillis() * 1000;
    byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
    String topic = settings.topics().rewards();
    ProducerRecord<byte[], byte[]> refused = new ProducerRecord<>(topic, 0, null, junk);
    RejectHeaders.of(new Reject(Rejection.MISSING_FIELD, "no item"))
        .forEach(refused.headers()::add);
    send(
        List.of(
            record(topic, 0, new Reward("i", "1", now - 60_000_000, 1.0, "")),
            record(topic, 0, new Reward("i", "2", now + 3_600_000_000L, 1.0, "")),
            new ProducerRecord<>(topic, 0, null, junk),
            refused,
            record(topic, 0, new TimeMarker(now - 1_000_000, false)),
            record(topic, 0, new TimeMarker(now, true)),
            record(topic, 1, new TimeMarker(now - 30_000_000, false)),
            record(topic, 1, new TimeMarker(now, true))));

    StreamExecutionEnvironment env = environment();
    WatermarkStrategy<RawRecord> watermarks =
        new MarkerWatermarks(Duration.ofSeconds(5), Duration.ZERO);
    DataStream<String> seen =
        env.fromSource(
                KafkaSources.raw(
                    settings, InputStream.REWARDS, Duration.ofMinutes(5), Duration.ofSeconds(5)),
                watermarks,
                "rewards")
            .setParallelism(1)
            .transform("describe", Types.STRING, new Describe());
    List<String> lines = new ArrayList<>();
    CloseableIterator<String> iterator = seen.executeAndCollect();
    while (lines.size() < 9 && iterator.hasNext()) {
      lines.add(iterator.next());
    }
    iterator.close();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "0/0 DATA",
            "0/1 FUTURE_TIME",
            "0/2 MALFORMED",
            "0/3 MISSING_FIELD",
            "0/4 MARKER",
            "0/5 CLOSING",
            "1/0 MARKER",
            "1/1 CLOSING",
            "the end");
  }

  @Test
  void markersFitTheCompactedCatalogueAndLargeRefusalsTheDeadLetters() throws Exception {
    KafkaSettings settings = settings("sinks.", Duration.ofMinutes(15));
    create(settings);
    CatalogueManifest manifest = new CatalogueManifest("v1", 0L, "/x", "00", 1L, 1, "s");
    send(
        List.of(
            record(settings.topics().catalogue(), 0, manifest),
            record(settings.topics().catalogue(), 0, new TimeMarker(5L, false))));
    byte[] large = new byte[1_000_000];
    DeadLetter letter =
        DeadLetters.of(
            RawRecord.poison(
                InputStream.IMPRESSIONS,
                "impressions",
                0,
                7,
                5,
                large,
                new Reject(Rejection.MALFORMED, "x".repeat(1000))),
            new Reject(Rejection.MALFORMED, "too much of nothing"));
    StreamExecutionEnvironment env = environment();
    env.fromData(List.of(letter), new AvroTypeInfo<>(DeadLetter.class))
        .sinkTo(KafkaSinks.deadLetters(settings));
    env.execute();

    ConsumerRecord<byte[], byte[]> stored = first(settings.topics().deadLetters());
    assertThat(WireFormat.ofThread().decode(stored.value()).record()).isEqualTo(letter);
    assertThat(new String(stored.key(), StandardCharsets.UTF_8))
        .isEqualTo("impressions/0/7/MALFORMED");
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration().set(PipelineOptions.GENERIC_TYPES, false);
    return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
  }

  private static KafkaSettings settings(String prefix, Duration transactionTimeout) {
    return new KafkaSettings(
        kafka.bootstrapServers(),
        Map.of(),
        new Topics(prefix),
        "test",
        "test",
        transactionTimeout,
        true,
        Duration.ZERO);
  }

  private static void create(KafkaSettings settings) throws Exception {
    try (Admin admin = Admin.create(settings.clientProperties())) {
      settings.topics().create(admin, 2, (short) 1);
    }
  }

  private static void alter(String topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Collection<AlterConfigOp> change =
        List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    try (Admin admin = Admin.create(client())) {
      admin.incrementalAlterConfigs(Map.of(resource, change)).all().get();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, SpecificRecord record) {
    return new ProducerRecord<>(
        topic, partition, RecordKeys.of(record), WireFormat.ofThread().encode(record));
  }

  private static void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }

  private static ConsumerRecord<byte[], byte[]> first(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return consumer.poll(Duration.ofSeconds(10)).iterator().next();
    }
  }

  private static Properties client() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
    return properties;
  }

  /** One line a record, and one when event time has ended. */
  private static final class Describe extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<RawRecord, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
      RawRecord record = element.getValue();
      boolean poison = record.kind() == Kind.POISON;
      say(
          record.partition()
              + "/"
              + record.offset()
              + " "
              + (poison ? record.reject().reason().name() : record.kind().name()));
    }

    @Override
    public void processWatermark(Watermark mark) {
      if (mark.getTimestamp() == Long.MAX_VALUE) {
        say("the end");
      }
    }

    private void say(String line) {
      output.collect(new StreamRecord<>(line));
    }
  }
}
