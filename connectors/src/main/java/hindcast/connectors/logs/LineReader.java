package hindcast.connectors.logs;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a text file as bytes, without their line breaks (LF or CR LF). A file that begins with
 * 1F 8B is read as gzip, one that begins with 28 B5 2F FD as Zstandard, whatever its name.
 *
 * <p>A line longer than {@link #MAX_LINE_BYTES} is cut there; what follows up to the line break is
 * skipped. Errors: {@link IOException} that names the file and the line, for example where a
 * compressed file ends early. Not thread-safe.
 */
public final class LineReader implements Closeable {
  /** Longest line that is kept whole. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] ZSTANDARD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  private final Path file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
  private int next;
  private int end;
  private long lines;
  private long position;

  private LineReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /** Opens a file: plain, gzip or Zstandard. */
  public static LineReader open(Path file) throws IOException {
    InputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      plain.mark(ZSTANDARD.length);
      byte[] start = plain.readNBytes(ZSTANDARD.length);
      plain.reset();
      return new LineReader(file, decompressed(plain, start));
    } catch (IOException e) {
      plain.close();
      throw new IOException("log " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream decompressed(InputStream file, byte[] start) throws IOException {
    if (Arrays.equals(start, ZSTANDARD)) {
      return new ZstdInputStream(file);
    }
    boolean gzip = start.length >= 2 && start[0] == 0x1F && start[1] == (byte) 0x8B;
    return gzip ? new GZIPInputStream(file, BUFFER_BYTES) : file;
  }

  /** The next line, or null at the end of the file. */
  public byte[] next() throws IOException {
    line.reset();
    boolean any = false;
    while (fill()) {
      any = true;
      int lineBreak = indexOfLineBreak();
      int stop = lineBreak < 0 ? end : lineBreak;
      line.write(buffer, next, Math.min(stop - next, MAX_LINE_BYTES - line.size()));
      position += stop - next;
      next = stop;
      if (lineBreak >= 0) {
        next++;
        position++;
        break;
      }
    }
    if (!any) {
      return null;
    }
    lines++;
    return withoutCarriageReturn(line.toByteArray());
  }

  /** Number of the line read last; 0 before the first. */
  public long lines() {
    return lines;
  }

  /** Bytes read so far, decompressed: where the next line begins. */
  long position() {
    return position;
  }

  /** Goes on behind a line read earlier. */
  void seek(long newLines, long newPosition) throws IOException {
    if (newPosition < position) {
      throw new IllegalArgumentException(
          "position must be at or behind " + position + ": " + newPosition);
    }
    while (position < newPosition) {
      if (!fill()) {
        throw new IOException(file + " must have " + newPosition + " bytes: only " + position);
      }
      int step = (int) Math.min(end - next, newPosition - position);
      next += step;
      position += step;
    }
    lines = newLines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    if (next < end) {
      return true;
    }
    try {
      end = in.read(buffer);
      next = 0;
      return end > 0;
    } catch (IOException e) {
      throw new IOException(
          "log " + file + " cannot be read after line " + lines + ": " + e.getMessage(), e);
    }
  }

  private int indexOfLineBreak() {
    for (int i = next; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] withoutCarriageReturn(byte[] bytes) {
    int length = bytes.length;
    return length > 0 && bytes[length - 1] == '\r' ? Arrays.copyOf(bytes, length - 1) : bytes;
  }
}
