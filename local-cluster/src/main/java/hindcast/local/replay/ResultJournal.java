package hindcast.local.replay;

import hindcast.connectors.avro.WireFormat;
import hindcast.local.CollectingSink;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The results of one output of a job, in a file, so that a run that is taken up again has those of
 * before: records as they travel, each behind its length.
 *
 * <p>A record is handed on and written as it comes, and is on disk before a checkpoint that has it
 * behind itself is complete. A run that goes on from that checkpoint repeats what came after it, so
 * some records stand in the file twice; what takes them must be an upsert by key. A record at the
 * end that was not written whole is cut off. Thread-safe.
 */
final class ResultJournal<T extends SpecificRecord> implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST = 1 << 27;

  private final Consumer<T> consumer;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final CollectingSink.Collection<T> collection;

  /**
   * Hands what is in the file to the consumer, and then listens.
   *
   * @param file null for results that are not kept
   */
  ResultJournal(Path file, Class<T> type, Consumer<T> consumer) throws IOException {
    this.consumer = consumer;
    this.file = file == null ? null : open(file, type);
    collection = CollectingSink.into(this::add, this::sync);
  }

  private FileChannel open(Path path, Class<T> type) throws IOException {
    long whole = Files.exists(path) ? replay(path, type) : 0;
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(whole);
    channel.position(whole);
    return channel;
  }

  /** Bytes of whole records. */
  private long replay(Path path, Class<T> type) throws IOException {
    long whole = 0;
    WireFormat wire = new WireFormat();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
      while (true) {
        int length = in.readInt();
        byte[] bytes = length < 0 || length > LONGEST ? null : in.readNBytes(length);
        if (bytes == null || bytes.length < length) {
          return whole;
        }
        consumer.accept(type.cast(wire.decode(bytes).record()));
        whole += Integer.BYTES + length;
      }
    } catch (EOFException e) {
      return whole;
    }
  }

  /** Where the job's records go. */
  CollectingSink<T> sink() {
    return collection.sink();
  }

  synchronized void add(T record) {
    consumer.accept(record);
    if (file == null) {
      return;
    }
    byte[] bytes = WireFormat.ofThread().encode(record);
    write(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    write(ByteBuffer.wrap(bytes));
  }

  private void write(ByteBuffer bytes) {
    if (bytes.remaining() > buffer.remaining()) {
      drain(buffer.flip());
      buffer.clear();
    }
    if (bytes.remaining() > buffer.remaining()) {
      drain(bytes);
    } else {
      buffer.put(bytes);
    }
  }

  private void drain(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("results cannot be written to the state", e);
    }
  }

  private synchronized void sync() {
    if (file == null || !file.isOpen()) {
      return;
    }
    drain(buffer.flip());
    buffer.clear();
    try {
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("results cannot be written to the state", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    collection.close();
    sync();
    if (file != null) {
      file.close();
    }
  }
}
