package hindcast.local.replay;

import hindcast.avro.DeadLetter;
import hindcast.connectors.deadletter.DeadLetterJsonWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes each dead letter once, as it comes, however often a job repeats it after a failure. Their
 * order is not fixed. Thread-safe.
 */
final class DeadLetterFile implements AutoCloseable {

  private final DeadLetterJsonWriter writer;
  private final Map<String, BitSet> written = new HashMap<>();

  DeadLetterFile(Path file) throws IOException {
    writer = new DeadLetterJsonWriter(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  synchronized void add(DeadLetter letter) {
    String kind =
        letter.getTopic()
            + '/'
            + letter.getPartition()
            + '/'
            + letter.getStream()
            + '/'
            + letter.getReason();
    BitSet offsets = written.computeIfAbsent(kind, key -> new BitSet());
    int offset = Math.toIntExact(letter.getOffset());
    if (offsets.get(offset)) {
      return;
    }
    offsets.set(offset);
    try {
      writer.write(letter);
    } catch (IOException e) {
      throw new UncheckedIOException("dead letters cannot be written", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
