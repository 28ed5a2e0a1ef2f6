package hindcast.catalogue;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes arrays as sections: length, numbers (big endian), CRC-32C of both. Read by {@link
 * SectionReader}.
 */
final class SectionWriter {
  private static final int AT_ONCE = 1 << 14;
  private final DataOutput out;
  private final byte[] bytes = new byte[8 * AT_ONCE];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final CRC32C checksum = new CRC32C();

  SectionWriter(DataOutput out) {
    this.out = out;
  }

  void text(String text) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    begin(encoded.length);
    checksum.update(encoded);
    out.write(encoded);
    end();
  }

  void longs(long... values) throws IOException {
    begin(values.length);
    for (int from = 0; from < values.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, values.length - from);
      buffer.clear().asLongBuffer().put(values, from, count);
      flush(8 * count);
    }
    end();
  }

  void ints(int[] values) throws IOException {
    begin(values.length);
    for (int from = 0; from < values.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, values.length - from);
      buffer.clear().asIntBuffer().put(values, from, count);
      flush(4 * count);
    }
    end();
  }

  void floats(float[] values) throws IOException {
    begin(values.length);
    for (int from = 0; from < values.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, count);
      flush(4 * count);
    }
    end();
  }

  private void begin(int length) throws IOException {
    checksum.reset();
    buffer.clear().putInt(length);
    flush(4);
  }

  private void flush(int length) throws IOException {
    checksum.update(bytes, 0, length);
    out.write(bytes, 0, length);
  }

  private void end() throws IOException {
    out.writeInt((int) checksum.getValue());
  }
}
