package hindcast.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** State as bytes and back. */
public final class States {
  private States() {}

  /** Writes state. */
  @FunctionalInterface
  public interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads state. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  /** Replaces state. */
  @FunctionalInterface
  public interface Restorer {
    void read(DataInput in) throws IOException;
  }

  /** The bytes of a state. */
  public static byte[] bytes(Writer writer) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      writer.write(new DataOutputStream(out));
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state of some bytes. */
  public static <T> T read(byte[] bytes, Reader<T> reader) {
    try {
      return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a state through its bytes. */
  public static void restore(Writer from, Restorer to) {
    try {
      to.read(new DataInputStream(new ByteArrayInputStream(bytes(from))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
