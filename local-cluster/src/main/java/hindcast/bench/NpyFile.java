package hindcast.bench;

import hindcast.connectors.FileHash;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Matrices as NumPy files (format 1.0, little-endian, C order). */
final class NpyFile {
  private static final int HEADER = 128;
  private static final int BUFFER = 1 << 16;

  private NpyFile() {}

  /** One number of a matrix at a place of the buffer. */
  @FunctionalInterface
  private interface Put {
    void at(ByteBuffer buffer, int index);
  }

  /** Writes float32. */
  static void write(Path file, float[] numbers, int rows, int columns) throws IOException {
    Put put = (buffer, k) -> buffer.putFloat(numbers[k]);
    write(file, "<f4", Float.BYTES, rows, columns, put);
  }

  /** Writes float64. */
  static void write(Path file, double[] numbers, int rows, int columns) throws IOException {
    Put put = (buffer, k) -> buffer.putDouble(numbers[k]);
    write(file, "<f8", Double.BYTES, rows, columns, put);
  }

  private static void write(Path file, String type, int width, int rows, int columns, Put put)
      throws IOException {
    FileHash.writeAtomically(
        file.toAbsolutePath(),
        target -> {
          OutputStream out = new BufferedOutputStream(target, BUFFER);
          out.write(header(type, rows, columns));
          ByteBuffer row = ByteBuffer.allocate(width * columns).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < rows; i++) {
            row.clear();
            for (int j = 0; j < columns; j++) {
              put.at(row, i * columns + j);
            }
            out.write(row.array());
          }
          out.flush();
        });
  }

  private static byte[] header(String type, int rows, int columns) {
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(type, rows, columns);
    byte[] header = new byte[HEADER];
    java.util.Arrays.fill(header, (byte) ' ');
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, HEADER - 10, 0};
    System.arraycopy(magic, 0, header, 0, magic.length);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, magic.length, bytes.length);
    header[HEADER - 1] = '\n';
    return header;
  }
}
