package hindcast.local;

import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Single records for a topic, such as commands of a user. */
public final class TopicRecord {
  private static final String PATIENCE_MILLIS = "10000";

  private TopicRecord() {}

  /**
   * Writes a record under its key; every replica in sync has it when this returns.
   *
   * @param what is written, in a word, for the message of an error
   * @throws LocalStartException if it could not be written; after ten seconds if no broker answers
   */
  public static void write(KafkaSettings kafka, String topic, SpecificRecord record, String what) {
    Properties properties = kafka.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic, RecordKeys.of(record), WireFormat.ofThread().encode(record)))
          .get();
    } catch (ExecutionException | KafkaException e) {
      throw new LocalStartException(what + " could not be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStartException("interrupted while " + what + " was written", e);
    }
  }
}
