package hindcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaITCase {

  @TempDir Path directory;

  @Test
  void keepsTopicsRecordsAndClusterIdInItsDirectory() throws Exception {
    Path kept = directory.resolve("kafka");
    String clusterId;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(0, kept);
        Admin admin = kafka.admin()) {
      clusterId = admin.describeCluster().clusterId().get();
      admin.createTopics(List.of(new NewTopic("numbers", 1, (short) 1))).all().get();
      produceInTransaction(kafka, "one", "two");
      assertThat(consume(kafka, 2)).containsExactly("one", "two");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(0, kept);
        Admin admin = kafka.admin()) {
      assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
      produceInTransaction(kafka, "three");
      assertThat(consume(kafka, 3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void stopsQuicklyAndLeavesNoThreadAndNoFile() throws Exception {
    Set<String> before = threads();
    EmbeddedKafka kafka = EmbeddedKafka.start();
    long start = System.nanoTime();
    kafka.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    Set<String> leaked = new TreeSet<>(threads());
    leaked.removeAll(before);
    assertThat(leaked).isEmpty();
    kafka.close();
  }

  @Test
  void refusesTakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> EmbeddedKafka.start(taken.getLocalPort(), null))
          .isInstanceOf(LocalStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> EmbeddedKafka.start(70000, null))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("70000");
  }

  @Test
  void refusesDirectoryThatIsAFileOrInUse() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> EmbeddedKafka.start(0, file))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining(file.toString());
    Path shared = directory.resolve("shared");
    try (EmbeddedKafka first = EmbeddedKafka.start(0, shared)) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(() -> EmbeddedKafka.start(0, shared))
          .isInstanceOf(LocalStartException.class)
          .hasMessageContaining(shared.toString())
          .hasMessageNotContaining("\n");
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(thread -> thread.getThreadGroup() != null)
        .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  private static void produceInTransaction(EmbeddedKafka kafka, String... values) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "test");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>("numbers", value));
      }
      producer.commitTransaction();
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("numbers", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
