package hindcast.catalogue;

import hindcast.catalogue.IndexFormatException.Reason;
import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the sections {@link SectionWriter} wrote and refuses what is not as it was written: a
 * length other than the expected one, a checksum that does not hold, an early end. Memory grows
 * with what has been read, up to the expected length: an input of n bytes allocates O(n), whatever
 * it claims.
 */
final class SectionReader {
  private static final int AT_ONCE = 1 << 14;
  private static final int LONGEST_TEXT = 4096;
  private final DataInput in;
  private final String what;
  private final byte[] bytes = new byte[8 * AT_ONCE];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final CRC32C checksum = new CRC32C();

  /**
   * @param what is read, for messages: {@code "partition"}
   */
  SectionReader(DataInput in, String what) {
    this.in = in;
    this.what = what;
  }

  /** Reads the first two numbers: what this is, in which version. */
  void begin(int magic, int version) throws IOException {
    fill(8, "beginning");
    if (buffer.getInt(0) != magic) {
      throw error(Reason.NOT_AN_INDEX, "does not begin as one");
    }
    if (buffer.getInt(4) != version) {
      throw error(
          Reason.UNKNOWN_VERSION,
          "has version " + buffer.getInt(4) + ", this program reads version " + version);
    }
  }

  String text(String name) throws IOException {
    int length = length(name);
    if (length < 0 || length > LONGEST_TEXT) {
      throw error(Reason.CORRUPT, name + " has impossible length " + length);
    }
    read(length, name);
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    end(name);
    return text;
  }

  /** Reads the identity of the catalogue an index was built for; it must be the one in use. */
  void identity(String catalogue) throws IOException {
    String builtFor = text("catalogue identity");
    if (!builtFor.equals(catalogue)) {
      throw error(
          Reason.WRONG_CATALOGUE,
          "it was built for catalogue " + builtFor + ", in use is " + catalogue);
    }
  }

  long[] longs(int length, String name) throws IOException {
    expect(length, name);
    long[] values = new long[Math.min(AT_ONCE, length)];
    for (int from = 0; from < length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, length - from);
      read(8 * count, name);
      values =
          from + count > values.length
              ? Arrays.copyOf(values, grown(values.length, length))
              : values;
      buffer.clear().asLongBuffer().get(values, from, count);
    }
    end(name);
    return values;
  }

  int[] ints(int length, String name) throws IOException {
    expect(length, name);
    int[] values = new int[Math.min(AT_ONCE, length)];
    for (int from = 0; from < length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, length - from);
      read(4 * count, name);
      values =
          from + count > values.length
              ? Arrays.copyOf(values, grown(values.length, length))
              : values;
      buffer.clear().asIntBuffer().get(values, from, count);
    }
    end(name);
    return values;
  }

  /** Reads finite numbers. */
  float[] floats(int length, String name) throws IOException {
    expect(length, name);
    float[] values = new float[Math.min(AT_ONCE, length)];
    for (int from = 0; from < length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, length - from);
      read(4 * count, name);
      values =
          from + count > values.length
              ? Arrays.copyOf(values, grown(values.length, length))
              : values;
      buffer.clear().asFloatBuffer().get(values, from, count);
      requireFinite(values, from, count, name);
    }
    end(name);
    return values;
  }

  private void requireFinite(float[] values, int from, int count, String name)
      throws IndexFormatException {
    float zero = 0;
    for (int k = from; k < from + count; k++) {
      zero += 0 * values[k];
    }
    if (zero != 0) {
      throw error(Reason.CORRUPT, name + " must be finite");
    }
  }

  private static int grown(int size, int length) {
    return (int) Math.min(2L * size, length);
  }

  private int length(String name) throws IOException {
    checksum.reset();
    read(4, name);
    return buffer.getInt(0);
  }

  private void expect(int length, String name) throws IOException {
    int found = length(name);
    if (found != length) {
      throw error(Reason.CORRUPT, name + " should have " + length + " numbers, has " + found);
    }
  }

  private void read(int length, String name) throws IOException {
    fill(length, name);
    checksum.update(bytes, 0, length);
  }

  private void fill(int length, String name) throws IOException {
    try {
      in.readFully(bytes, 0, length);
    } catch (EOFException e) {
      IndexFormatException named = error(Reason.TRUNCATED, "ends within its " + name);
      named.initCause(e);
      throw named;
    }
  }

  private void end(String name) throws IOException {
    int expected = (int) checksum.getValue();
    fill(4, name);
    if (buffer.getInt(0) != expected) {
      throw error(Reason.CORRUPT, "the checksum of its " + name + " does not hold");
    }
  }

  IndexFormatException error(Reason reason, String message) {
    return new IndexFormatException(reason, "stored " + what + " refused: " + message);
  }
}
