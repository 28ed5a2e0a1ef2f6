package hindcast.local.letters;

import hindcast.avro.DeadLetter;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.deadletter.DeadLetterJsonReader;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All dead letters of a file or a topic, each refusal once, in the order they were written. A job
 * writes them at least once, so repetitions are nothing wrong: they are counted.
 */
public final class LetterBox {

  private final Map<String, Letter> letters = new LinkedHashMap<>();
  private long repeated;
  private long unreadable;

  private LetterBox() {}

  /**
   * The letters of a file that {@code replay --dead-letters} or {@code dead-letters show --json}
   * wrote.
   *
   * @throws LocalStartException if it cannot be read or holds something else
   */
  public static LetterBox read(Path file) {
    LogFiles.requireReadable("dead letters:", file);
    LetterBox box = new LetterBox();
    try (DeadLetterJsonReader reader = new DeadLetterJsonReader(file)) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        box.add(new Letter(entry.letter(), entry.mended()));
      }
    } catch (IOException e) {
      throw new LocalStartException(e.getMessage(), e);
    }
    return box;
  }

  /**
   * The letters of a broker's [dead-letters].
   *
   * @throws LocalStartException if no broker answers or the topic is not there
   */
  public static LetterBox read(KafkaSettings settings) {
    LetterBox box = new LetterBox();
    try (TopicScan scan = new TopicScan(settings)) {
      scan.read(scan.beginning(settings.topics().deadLetters()), box::add);
    }
    return box;
  }

  /** The letters a filter takes. */
  public List<Letter> letters(LetterFilter filter) {
    return new ArrayList<>(letters.values().stream().filter(filter::takes).toList());
  }

  /** How many times a letter came again. */
  public long repeated() {
    return repeated;
  }

  /** Records of the topic that are no dead letters. */
  public long unreadable() {
    return unreadable;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (WireFormat.ofThread().decode(record.value()).record() instanceof DeadLetter letter) {
      add(new Letter(letter, null));
    } else {
      unreadable++;
    }
  }

  private void add(Letter letter) {
    Letter before = letters.putIfAbsent(letter.key(), letter);
    if (before == null) {
      return;
    }
    repeated++;
    if (!Objects.equals(before.mended(), letter.mended())
        || !before.record().getRaw().equals(letter.record().getRaw())) {
      throw new LocalStartException(
          "dead letters of one record must agree: " + letter.origin() + "; remove one of them");
    }
  }
}
