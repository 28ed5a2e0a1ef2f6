package hindcast.local.letters;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends letters back to the topic and partition they came from: impressions before rewards, each in
 * the order of event time, under the key of their schema and with a {@link ReplayedHeader}. A
 * letter whose origin such a header already names is not sent again, so a replay can be repeated,
 * also after it broke off. One replay at a time: two at once do not see each other.
 */
public final class LetterSender {
  private final PipelineConfig config;
  private final KafkaSettings settings;
  private final LetterVerdict verdict;

  /**
   * What became of the letters.
   *
   * @param sent records sent
   * @param duplicates letters that had been sent by an earlier replay
   * @param stays letters that were not sent, by reason
   */
  public record Result(long sent, long duplicates, Map<String, Long> stays) {

    /** For people. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("%,9d  sent".formatted(sent));
      lines.add("%,9d  sent before".formatted(duplicates));
      stays.forEach((why, count) -> lines.add("%,9d  stay: %s".formatted(count, why)));
      return lines;
    }
  }

  /**
   * @param config names the broker and says what is accepted
   * @param late whether letters that were late are sent too
   */
  public LetterSender(PipelineConfig config, boolean late) {
    this.config = config;
    this.settings = PipelineJob.kafkaSettings(config);
    this.verdict = new LetterVerdict(config, late);
  }

  /**
   * Sends what can be sent, and waits until the broker has all of it.
   *
   * @throws LocalStartException if the broker cannot be used
   */
  public Result send(List<Letter> letters) throws InterruptedException {
    Map<String, Long> stays = new TreeMap<>();
    List<RawRecord> sendable = new ArrayList<>();
    for (Letter letter : letters) {
      LetterVerdict.Verdict found = verdict.of(letter);
      if (found.record() == null) {
        stays.merge(found.stays(), 1L, Long::sum);
      } else {
        sendable.add(found.record());
      }
    }
    sendable.sort(
        Comparator.comparing(RawRecord::stream).thenComparingLong(RawRecord::eventTimeMicros));
    Set<String> before = sentBefore(sendable);
    List<RawRecord> fresh =
        sendable.stream().filter(record -> before.add(ReplayedHeader.origin(record))).toList();
    produce(fresh);
    return new Result(fresh.size(), sendable.size() - fresh.size(), stays);
  }

  /** A replayed record lies behind the refused one in its own partition. */
  private Set<String> sentBefore(List<RawRecord> records) {
    Map<TopicPartition, Long> from = new HashMap<>();
    for (RawRecord record : records) {
      from.merge(
          new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::min);
    }
    Set<String> origins = new HashSet<>();
    if (!from.isEmpty()) {
      try (TopicScan scan = new TopicScan(settings)) {
        scan.read(
            from,
            record -> {
              String origin = ReplayedHeader.read(record.headers());
              if (origin != null) {
                origins.add(origin);
              }
            });
      }
    }
    return origins;
  }

  private void produce(List<RawRecord> records) throws InterruptedException {
    Properties properties = settings.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TopicScan.PATIENCE_MILLIS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (RawRecord record : records) {
        sent.add(producer.send(message(record)));
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new LocalStartException(
          "not every letter was sent to "
              + config.kafka().bootstrapServers()
              + ": "
              + e.getCause().getMessage()
              + "; replay again, what was sent is not sent twice",
          e);
    } catch (KafkaException e) {
      throw TopicScan.notReached(settings, e);
    }
  }

  private static ProducerRecord<byte[], byte[]> message(RawRecord record) {
    byte[] key = RecordKeys.of(record.payload(SpecificRecord.class));
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        key,
        record.value(),
        List.of(ReplayedHeader.of(record)));
  }
}
