package hindcast.jobs.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/** Turns what the library writes to a {@link DataOutput} into the bytes of a Flink state. */
public final class StateBytes {
  private StateBytes() {}

  /** Writes state. */
  @FunctionalInterface
  public interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads state. */
  @FunctionalInterface
  public interface Reader {
    void read(DataInput in) throws IOException;
  }

  /** What {@code writer} writes. */
  public static byte[] write(Writer writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.write(out);
    }
    return bytes.toByteArray();
  }

  /** Reads a value. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(DataInput in) throws IOException;
  }

  /** What {@code parser} makes of {@code bytes}. */
  public static <T> T parse(byte[] bytes, Parser<T> parser) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return parser.parse(in);
    }
  }

  /** Lets {@code reader} read {@code bytes}; does nothing if there is no state yet. */
  public static void read(byte[] bytes, Reader reader) throws IOException {
    if (bytes == null) {
      return;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      reader.read(in);
    }
  }

  /** Refuses state of another format than this version writes. */
  public static void requireFormat(int expected, int actual, String what) throws IOException {
    if (expected != actual) {
      throw new IOException(what + " state must have format " + expected + ": " + actual + "");
    }
  }
}
