package hindcast.connectors.catalogue;

import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.CRC32C;

/**
 * Reads a catalogue file from its beginning to its end, piece by piece. The SHA-256 of all that is
 * read is computed beside it, by a second thread and on the very bytes that are handed out. A piece
 * whose checksum is not the one written is handed out too; {@link #finish} names the first.
 */
final class CheckedInput implements Closeable {
  private static final int BUFFERS = 4;

  private final Path file;
  private final FileChannel channel;
  private final long length;
  private final MessageDigest digest = FileHash.digest();
  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread hashing = new Thread(this::hash, "hindcast-catalogue-hash");
  private final CRC32C crc = new CRC32C();
  private long bodyLeft;
  private int[] checksums = {};
  private int chunks;
  private ByteBuffer chunk = ByteBuffer.allocate(0);

  CheckedInput(Path file, FileChannel channel, long length) {
    this.file = file;
    this.channel = channel;
    this.length = length;
    int bytes = (int) Math.min(length, CatalogueHeader.CHUNK);
    for (int b = 0; b < BUFFERS; b++) {
      free.add(ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }
    hashing.setDaemon(true);
    hashing.start();
  }

  /** Bytes outside of the body. */
  byte[] plain(int bytes) throws IOException {
    byte[] read = new byte[bytes];
    for (int done = 0; done < bytes; ) {
      ByteBuffer piece = piece(Math.min(bytes - done, CatalogueHeader.CHUNK));
      piece.get(read, done, piece.limit());
      done += piece.limit();
      release(piece);
    }
    return read;
  }

  /** Begins the body. */
  void body(CatalogueHeader header) {
    bodyLeft = header.bodyBytes();
    checksums = new int[header.chunks()];
  }

  void read(byte[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int part = Math.min(chunk().remaining(), values.length - done);
      chunk.get(values, done, part);
      done += part;
    }
  }

  void read(int[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int part = Math.min(chunk().remaining() / Integer.BYTES, values.length - done);
      chunk.asIntBuffer().get(values, done, part);
      chunk.position(chunk.position() + Integer.BYTES * part);
      done += part;
    }
  }

  void read(float[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int part = Math.min(chunk().remaining() / Float.BYTES, values.length - done);
      chunk.asFloatBuffer().get(values, done, part);
      chunk.position(chunk.position() + Float.BYTES * part);
      done += part;
    }
  }

  /**
   * Ends the body, reads its checksums and compares them.
   *
   * @return SHA-256 of the file, in hex
   */
  String finish() throws IOException {
    release(chunk);
    ByteBuffer written = ByteBuffer.wrap(plain(Integer.BYTES * (checksums.length + 1)));
    byte[] table = java.util.Arrays.copyOf(written.array(), Integer.BYTES * checksums.length);
    if (written.getInt(table.length) != CatalogueHeader.checksum(table)) {
      throw new CatalogueException(Fault.CORRUPT, "checksums of catalogue are damaged: " + file);
    }
    for (int k = 0; k < checksums.length; k++) {
      if (written.getInt(Integer.BYTES * k) != checksums[k]) {
        throw new CatalogueException(
            Fault.CORRUPT,
            "catalogue file is damaged: piece %d of %d (4 MB each) of %s is not what was written; copy or build it again"
                .formatted(k + 1, checksums.length, file));
      }
    }
    put(full, ByteBuffer.allocate(0));
    try {
      hashing.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    hashing.interrupt();
    channel.close();
  }

  private ByteBuffer chunk() throws IOException {
    if (!chunk.hasRemaining()) {
      release(chunk);
      int bytes = (int) Math.min(CatalogueHeader.CHUNK, bodyLeft);
      bodyLeft -= bytes;
      chunk = piece(bytes);
      crc.reset();
      crc.update(chunk.array(), 0, bytes);
      checksums[chunks++] = (int) crc.getValue();
    }
    return chunk;
  }

  /** Reads the next bytes of the file and has them hashed. */
  private ByteBuffer piece(int bytes) throws IOException {
    ByteBuffer buffer = take(free).clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw CatalogueHeader.truncated(file, channel.size(), length);
      }
    }
    return buffer.flip();
  }

  /** Hands a piece on to be hashed; its buffer is used again afterwards. */
  private void release(ByteBuffer piece) throws IOException {
    if (piece.capacity() > 0) {
      put(full, piece.rewind());
    }
  }

  private void hash() {
    try {
      for (ByteBuffer piece = full.take(); piece.capacity() > 0; piece = full.take()) {
        digest.update(piece);
        free.put(piece);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void put(BlockingQueue<ByteBuffer> queue, ByteBuffer piece) throws IOException {
    try {
      queue.put(piece);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static ByteBuffer take(BlockingQueue<ByteBuffer> queue) throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while a catalogue was read");
  }
}
