package hindcast.connectors.catalogue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Items from a NumPy file, format 1.0 to 3.0: a matrix P x L of little-endian float32 or float64,
 * in C or in Fortran order. float64 is rounded. The items have the ids 0, 1, ..., P - 1, or those
 * of a text file with one id a line.
 */
final class NpyItemFile implements ItemFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern NUMBERS = Pattern.compile(" *\\d{1,18} *, *\\d{1,18} *");
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int BUFFER = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final List<String> ids;
  private int width;
  private boolean byColumn;
  private int count;
  private int dimension;

  private NpyItemFile(Path path, FileChannel channel, List<String> ids) {
    this.path = path;
    this.channel = channel;
    this.ids = ids;
  }

  /**
   * Reads the header.
   *
   * @param ids file with one id a line, or null
   */
  static NpyItemFile open(Path path, Path ids) throws IOException {
    List<String> names = ids == null ? null : Files.readAllLines(ids);
    FileChannel channel = FileChannel.open(path);
    NpyItemFile file = new NpyItemFile(path, channel, names);
    try {
      file.parse(file.header());
      if (names != null && names.size() != file.count) {
        throw new IOException(
            "%s: must have one id a line for the %d items of %s: %d lines"
                .formatted(ids, file.count, path, names.size()));
      }
      return file;
    } catch (EOFException e) {
      channel.close();
      throw new IOException(path + ": is no NumPy file: it ends inside its header", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String place(int item) {
    return "row " + item;
  }

  @Override
  public void readInto(PackedItems items, DoubleConsumer progress) throws IOException {
    for (int item = 0; item < count; item++) {
      addId(items, item, ids == null ? Integer.toString(item) : ids.get(item));
    }
    long total = (long) count * dimension;
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    for (long at = 0; at < total; ) {
      fill(buffer.clear().limit((int) Math.min(BUFFER, (total - at) * width)));
      while (buffer.hasRemaining()) {
        int item = (int) (byColumn ? at % count : at / dimension);
        int l = (int) (byColumn ? at / count : at % dimension);
        float value = width == Float.BYTES ? buffer.getFloat() : (float) buffer.getDouble();
        items.set(item, l, Float.isFinite(value) ? value : finite(item, "" + l, value));
        at++;
      }
      progress.accept((double) at / total);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private String header() throws IOException {
    ByteBuffer start = fill(ByteBuffer.allocate(MAGIC.length + 2));
    int major = start.get(MAGIC.length);
    if (!Arrays.equals(Arrays.copyOf(start.array(), MAGIC.length), MAGIC)) {
      throw new IOException(path + ": is no NumPy file: it does not begin with \\x93NUMPY");
    }
    if (major < 1 || major > 3) {
      throw new IOException(path + ": must be NumPy format 1.0 to 3.0: " + major);
    }
    ByteBuffer size = fill(ByteBuffer.allocate(major == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN));
    int length = major == 1 ? Short.toUnsignedInt(size.getShort()) : size.getInt();
    if (length < 0 || length > LONGEST_HEADER) {
      throw new IOException(path + ": cannot have a header of " + length + " bytes");
    }
    return new String(fill(ByteBuffer.allocate(length)).array(), StandardCharsets.UTF_8);
  }

  private void parse(String header) throws IOException {
    String type = find(TYPE, header, "type");
    if (!type.equals("<f4") && !type.equals("<f8")) {
      throw new IOException(
          "%s: numbers must be little-endian float32 or float64, <f4 or <f8: %s"
              .formatted(path, type));
    }
    width = type.equals("<f4") ? Float.BYTES : Double.BYTES;
    byColumn = find(ORDER, header, "order").equals("True");
    String[] shape = find(SHAPE, header, "shape").split(",");
    if (shape.length != 2 || !NUMBERS.matcher(shape[0] + "," + shape[1]).matches()) {
      throw new IOException(
          "%s: must be a matrix, items x dimension: shape (%s)"
              .formatted(path, String.join(",", shape)));
    }
    long rows = Long.parseLong(shape[0].strip());
    long columns = Long.parseLong(shape[1].strip());
    if (rows < 1 || columns < 1 || rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
      throw new IOException("%s: sizes cannot be %d x %d".formatted(path, rows, columns));
    }
    count = (int) rows;
    dimension = (int) columns;
    long numbers = (channel.size() - channel.position()) / width;
    if (numbers != rows * columns || (channel.size() - channel.position()) % width != 0) {
      throw new IOException(
          "%s: must hold %d x %d numbers of %d bytes: has %d bytes for them"
              .formatted(path, rows, columns, width, channel.size() - channel.position()));
    }
  }

  private String find(Pattern pattern, String header, String what) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException(
          "%s: header must say the %s of the matrix: %s".formatted(path, what, header.strip()));
    }
    return matcher.group(1);
  }

  private ByteBuffer fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(path + ": ends too early");
      }
    }
    return buffer.flip();
  }
}
