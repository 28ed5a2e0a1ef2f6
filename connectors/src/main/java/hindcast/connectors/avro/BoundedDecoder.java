package hindcast.connectors.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding read from one array, for bytes nobody vouches for.
 *
 * <p>Every length and count is compared with the bytes that remain before anything is allocated: an
 * item of an array or map takes at least one byte, as in every schema of the contract. So decoding
 * n bytes allocates O(n), whatever they claim. Strings must be UTF-8.
 *
 * <p>Errors: {@link IOException} or {@link AvroRuntimeException} with the offset in its message.
 * Not thread-safe.
 */
final class BoundedDecoder extends Decoder {
  private static final char REPLACEMENT = '\uFFFD';

  private byte[] bytes = new byte[0];
  private int position;
  private int limit;

  /** Starts reading at {@code offset}. */
  void reset(byte[] source, int offset) {
    bytes = source;
    position = offset;
    limit = source.length;
  }

  int remaining() {
    return limit - position;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    int value = bytes[advance(1)];
    if (value != 0 && value != 1) {
      throw new IOException("boolean must be 0 or 1: " + value + at());
    }
    return value == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("int must fit 32 bits: " + value + at());
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = bytes[advance(1)];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("number must have at most 10 bytes" + at());
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(4));
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(littleEndian(8));
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(readString());
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    int start = advance(length);
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(start, length);
    }
    return text;
  }

  @Override
  public void skipString() throws IOException {
    advance(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    int length = length();
    byte[] copy = new byte[length];
    System.arraycopy(bytes, advance(length), copy, 0, length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() throws IOException {
    advance(length());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws IOException {
    System.arraycopy(bytes, advance(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    advance(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return blockCount();
  }

  @Override
  public long arrayNext() throws IOException {
    return blockCount();
  }

  @Override
  public long readMapStart() throws IOException {
    return blockCount();
  }

  @Override
  public long mapNext() throws IOException {
    return blockCount();
  }

  @Override
  public long skipArray() throws IOException {
    return skipBlocks();
  }

  @Override
  public long skipMap() throws IOException {
    return skipBlocks();
  }

  private long blockCount() throws IOException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }
    if (count < 0 || count > remaining()) {
      throw new EOFException(
          "block of " + count + " items is longer than the " + remaining() + " bytes left" + at());
    }
    return count;
  }

  private long skipBlocks() throws IOException {
    long count = readLong();
    while (count < 0) {
      advance(length());
      count = readLong();
    }
    if (count > remaining()) {
      throw new EOFException(
          "block of " + count + " items is longer than the " + remaining() + " bytes left" + at());
    }
    return count;
  }

  private int length() throws IOException {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new EOFException(
          "length must be in [0, " + remaining() + "], the bytes left: " + length + at());
    }
    return (int) length;
  }

  private long littleEndian(int size) throws IOException {
    int start = advance(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  private int advance(int count) throws IOException {
    if (count < 0 || count > limit - position) {
      throw new EOFException(
          "record ends early: " + count + " bytes wanted, " + remaining() + " left" + at());
    }
    int start = position;
    position += count;
    return start;
  }

  private void requireUtf8(int start, int length) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
    } catch (CharacterCodingException e) {
      throw new IOException("string must be UTF-8" + at(), e);
    }
  }

  private String at() {
    return " (byte " + position + ")";
  }
}
