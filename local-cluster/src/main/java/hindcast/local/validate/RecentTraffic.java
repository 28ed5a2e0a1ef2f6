package hindcast.local.validate;

import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RejectHeaders;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogScan;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.local.LocalStartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The last minutes of [impressions] and [rewards], by the times at which the broker stored them, in
 * order of event time. A line is the offset of a record in its partition.
 *
 * <p>Impressions whose reward window is open at the latest event time are left out, and so are
 * rewards of impressions that may have been stored before. No more than {@value #MOST} records are
 * read, the earliest, up to the end of a poll; {@link #name} says so where there were more.
 */
public final class RecentTraffic implements EntrySource {
  private static final int MOST = 400_000;
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final String REQUEST_MILLIS = "10000";

  private final KafkaSettings settings;
  private final Duration last;
  private final long windowMicros;
  private final InputDecoder decoder;
  private final long most;
  private final List<LogEntry> refused = new ArrayList<>();
  private final List<RawRecord> impressions = new ArrayList<>();
  private final Map<String, List<Reward>> rewards = new HashMap<>();
  private List<LogEntry> entries;
  private long latestMicros = Long.MIN_VALUE;
  private long records;
  private boolean more;

  /**
   * @param last how far back
   * @param window the reward window
   * @param futureTolerance how far an event time may lie after the time the record was stored
   */
  public RecentTraffic(
      KafkaSettings settings, Duration last, Duration window, Duration futureTolerance) {
    this(settings, last, window, futureTolerance, MOST);
  }

  RecentTraffic(
      KafkaSettings settings, Duration last, Duration window, Duration futureTolerance, long most) {
    this.settings = settings;
    this.last = last;
    this.windowMicros = window.toMillis() * 1000;
    this.decoder = new InputDecoder(futureTolerance);
    this.most = most;
  }

  @Override
  public String name() {
    return "the last "
        + Texts.duration(last.toMillis() * 1000)
        + " of "
        + settings.topics().impressions()
        + " and "
        + settings.topics().rewards()
        + (more ? ", of which only the earliest %,d records were read".formatted(records) : "");
  }

  @Override
  public String format() {
    return "kafka";
  }

  @Override
  public LogScan scan(LongConsumer progress) {
    try {
      consume(progress);
    } catch (KafkaException e) {
      throw new LocalStartException(
          "the topics cannot be read from " + settings.bootstrapServers() + ": " + e.getMessage(),
          e);
    }
    entries = join();
    int dimension =
        entries.stream()
            .filter(entry -> !entry.isRejected())
            .map(
                entry ->
                    AvroMapping.checkContext(entry.impression().getContext()) == null
                        ? AvroMapping.context(entry.impression().getContext()).dimension()
                        : 0)
            .findFirst()
            .orElse(0);
    return LogScan.of(entries, dimension);
  }

  @Override
  public void read(Consumer<LogEntry> receiver) {
    entries.forEach(receiver);
  }

  private void consume(LongConsumer progress) {
    var properties = settings.clientProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Stream.of(settings.topics().impressions(), settings.topics().rewards())
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      long begin = System.currentTimeMillis() - last.toMillis();
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, begin));
      Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
      for (TopicPartition partition : partitions) {
        OffsetAndTimestamp found = begins.get(partition);
        consumer.seek(partition, found == null ? ends.get(partition) : found.offset());
      }
      more = isLeft(consumer, ends);
      while (more && records < most) {
        consumer.poll(WAIT).forEach(this::add);
        progress.accept(records);
        more = isLeft(consumer, ends);
      }
    }
  }

  private static boolean isLeft(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    records++;
    boolean impression = record.topic().equals(settings.topics().impressions());
    Reject reject = RejectHeaders.read(record.headers());
    RawRecord decoded = null;
    if (reject == null) {
      decoded =
          decoder.decode(
              impression ? InputStream.IMPRESSIONS : InputStream.REWARDS,
              record.topic(),
              record.partition(),
              record.offset(),
              record.timestamp(),
              record.value());
      reject = decoded.reject();
    }
    if (reject != null) {
      refused.add(refusal(record.offset(), record.value(), reject));
    } else if (decoded.isData()) {
      latestMicros = Math.max(latestMicros, decoded.eventTimeMicros());
      if (impression) {
        impressions.add(decoded);
      } else {
        Reward reward = decoded.payload(Reward.class);
        rewards.computeIfAbsent(reward.getImpressionId(), id -> new ArrayList<>(1)).add(reward);
      }
    }
  }

  private List<LogEntry> join() {
    impressions.sort(Comparator.comparingLong(RawRecord::eventTimeMicros));
    List<LogEntry> joined = new ArrayList<>(refused);
    long earliest = impressions.isEmpty() ? 0 : impressions.get(0).eventTimeMicros();
    for (RawRecord record : impressions) {
      Impression impression = record.payload(Impression.class);
      List<Reward> own =
          Optional.ofNullable(rewards.remove(impression.getImpressionId())).orElse(List.of());
      if (record.eventTimeMicros() <= latestMicros - windowMicros) {
        joined.add(new LogEntry(record.offset(), record.value(), impression, own, null, null));
      }
    }
    for (List<Reward> orphans : rewards.values()) {
      for (Reward reward : orphans) {
        if (reward.getEventTimeMicros() - windowMicros >= earliest) {
          joined.add(
              refusal(
                  0,
                  new byte[0],
                  new Reject(
                      Rejection.NO_IMPRESSION,
                      Rejection.NO_IMPRESSION.description() + ": " + reward.getImpressionId())));
        }
      }
    }
    return joined;
  }

  private static LogEntry refusal(long offset, byte[] value, Reject reject) {
    return new LogEntry(offset, value == null ? new byte[0] : value, null, List.of(), reject, null);
  }
}
