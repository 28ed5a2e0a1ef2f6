package hindcast.connectors.catalogue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Item vectors from a NumPy file (format 1.0 or 2.0): a matrix P x L of little-endian float32 or
 * float64 in C order. The items have the ids 0, 1, ..., P - 1.
 */
final class NpyItems {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr': *'<f([48])'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9]+), *([0-9]+),? *\\)");
  private static final Pattern C_ORDER = Pattern.compile("'fortran_order': *False");
  private static final int LONGEST_HEADER = 1 << 16;

  private NpyItems() {}

  static ItemTable read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return parse(header(in, file), in, file);
    } catch (EOFException e) {
      throw new IOException("item file ends too early: " + file, e);
    }
  }

  private static String header(DataInputStream in, Path file) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    int major = in.readUnsignedByte();
    in.readUnsignedByte();
    if (!java.util.Arrays.equals(magic, MAGIC) || major < 1 || major > 2) {
      throw new IOException("item file must be NumPy format 1.0 or 2.0: " + file);
    }
    int length =
        major == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (length < 0 || length > LONGEST_HEADER) {
      throw new IOException("item file has a header of " + length + " bytes: " + file);
    }
    byte[] header = new byte[length];
    in.readFully(header);
    return new String(header, StandardCharsets.ISO_8859_1);
  }

  private static ItemTable parse(String header, DataInputStream in, Path file) throws IOException {
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find() || !C_ORDER.matcher(header).find()) {
      throw new IOException(
          "item file must be a matrix of little-endian floats in C order: "
              + header.strip()
              + " in "
              + file);
    }
    int width = Integer.parseInt(type.group(1));
    long count = Long.parseLong(shape.group(1));
    long dimension = Long.parseLong(shape.group(2));
    long bytes = Math.multiplyExact(Math.multiplyExact(count, dimension), width);
    if (bytes > Files.size(file)) {
      throw new EOFException();
    }
    return rows(in, (int) count, (int) dimension, width);
  }

  private static ItemTable rows(DataInputStream in, int count, int dimension, int width)
      throws IOException {
    String[] ids = new String[count];
    float[] vectors = new float[Math.multiplyExact(count, dimension)];
    ByteBuffer row = ByteBuffer.allocate(width * dimension).order(ByteOrder.LITTLE_ENDIAN);
    for (int item = 0; item < count; item++) {
      ids[item] = Integer.toString(item);
      in.readFully(row.array());
      for (int l = 0; l < dimension; l++) {
        double value = width == Float.BYTES ? row.getFloat(l * width) : row.getDouble(l * width);
        vectors[item * dimension + l] = (float) value;
      }
    }
    return new ItemTable(ids, dimension, vectors);
  }
}
