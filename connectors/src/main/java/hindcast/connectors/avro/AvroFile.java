package hindcast.connectors.avro;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * The records of an Avro container file, block by block, by Avro's reader: uncompressed, or
 * compressed by deflate, snappy or zstandard. Before a block is read its length is compared with
 * the bytes that are left, so a file that is cut or damaged is an error and never an early end;
 * records are decoded in memory proportional to their block.
 *
 * <p>Errors: {@link IOException} with file and record. Not thread-safe.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">Avro
 *     1.12 specification, object container files</a>
 */
public final class AvroFile implements Closeable {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final Set<String> CODECS =
      new TreeSet<>(Set.of("null", "deflate", "snappy", "zstandard"));
  private static final int LARGEST_HEADER = 1 << 22;
  private static final int SYNC_LENGTH = 16;
  private static final int LONGEST_COUNTS = 20;

  private final Path path;
  private final FileChannel channel;
  private final BoundedDecoder decoder = new BoundedDecoder();
  private DataFileStream<GenericRecord> stream;
  private GenericDatumReader<GenericRecord> datum;
  private long position;
  private long left;
  private long records;

  private AvroFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens a file and reads its header. */
  public static AvroFile open(Path path) throws IOException {
    AvroFile file = new AvroFile(path, FileChannel.open(path));
    try {
      file.position = file.lengthOfHeader();
      file.stream =
          new DataFileStream<>(
              new BufferedInputStream(Files.newInputStream(path)), new GenericDatumReader<>());
      file.datum = new GenericDatumReader<>(file.schema());
      return file;
    } catch (IOException | AvroRuntimeException | StackOverflowError e) {
      file.close();
      throw new IOException(path + " is no Avro file: " + message(e), e);
    }
  }

  /** The schema the records were written with. */
  public Schema schema() {
    return stream.getSchema();
  }

  /** Reads only these fields of the schema from now on. */
  public void project(Collection<Schema.Field> fields) {
    Schema whole = schema();
    List<Schema.Field> kept = new ArrayList<>();
    for (Schema.Field field : fields) {
      kept.add(new Schema.Field(field, field.schema()));
    }
    Schema projection =
        Schema.createRecord(
            whole.getName(), whole.getDoc(), whole.getNamespace(), whole.isError(), kept);
    datum = new GenericDatumReader<>(whole, projection);
  }

  /** The next record, or null at the end. */
  public GenericRecord next() throws IOException {
    if (!hasNext()) {
      return null;
    }
    try {
      GenericRecord record = datum.read(null, decoder);
      records++;
      left--;
      requireEndOfBlock();
      return record;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw broken(e);
    }
  }

  /** Leaves out so many records. */
  public void skip(long count) throws IOException {
    long end = records + count;
    while (records < end && hasNext()) {
      if (left <= end - records) {
        records += left;
        left = 0;
      } else {
        next();
      }
    }
    if (records < end) {
      throw new IOException(path + " must have " + end + " records: only " + records);
    }
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    channel.close();
  }

  private boolean hasNext() throws IOException {
    try {
      while (left == 0 && position < channel.size()) {
        nextBlock();
      }
      return left > 0;
    } catch (IOException | RuntimeException e) {
      throw broken(e);
    }
  }

  private void nextBlock() throws IOException {
    byte[] start = bytes(position, LONGEST_COUNTS);
    decoder.reset(start, 0);
    long count = decoder.readLong();
    long size = decoder.readLong();
    long behind = position + start.length - decoder.remaining();
    if (size < 0 || size > channel.size() - behind - SYNC_LENGTH) {
      throw new IOException("a block of " + size + " bytes is longer than the rest of the file");
    }
    if (!stream.hasNext()) {
      throw new IOException("a block must have records: " + count);
    }
    byte[] block = array(stream.nextBlock());
    if (count < 0 || count > block.length) {
      throw new IOException(
          "a block must have at most as many records as bytes, " + block.length + ": " + count);
    }
    decoder.reset(block, 0);
    left = count;
    position = behind + size + SYNC_LENGTH;
  }

  private void requireEndOfBlock() throws IOException {
    if (left == 0 && decoder.remaining() > 0) {
      throw new IOException(decoder.remaining() + " bytes of its block are left over");
    }
  }

  private int lengthOfHeader() throws IOException {
    byte[] start = bytes(0, LARGEST_HEADER);
    if (!Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
      throw new IOException("it must begin with Obj and 1");
    }
    decoder.reset(start, MAGIC.length);
    for (long entries = decoder.readMapStart(); entries > 0; entries = decoder.mapNext()) {
      for (long entry = 0; entry < entries; entry++) {
        String key = decoder.readString();
        ByteBuffer value = decoder.readBytes(null);
        if (key.equals("avro.codec")) {
          requireCodec(StandardCharsets.UTF_8.decode(value).toString());
        }
      }
    }
    decoder.skipFixed(SYNC_LENGTH);
    return start.length - decoder.remaining();
  }

  private static void requireCodec(String codec) throws IOException {
    if (!CODECS.contains(codec)) {
      throw new IOException("compression must be one of " + CODECS + ": " + codec);
    }
  }

  private byte[] bytes(long from, int most) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, channel.size() - from));
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // until it is full
    }
    return buffer.array();
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private IOException broken(Throwable cause) {
    return new IOException(
        "%s cannot be read after record %d: %s".formatted(path, records, message(cause)), cause);
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
