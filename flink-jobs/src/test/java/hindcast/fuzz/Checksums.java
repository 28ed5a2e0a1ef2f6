package hindcast.fuzz;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Puts the checksums into a changed file that its writer would have put there, so that what lies
 * behind them is reached. What has not the shape of a file is left as it is.
 */
final class Checksums {
  private static final int PREFIX = 16;
  private static final int PARTITION_BYTES = 8;
  private static final int HEADER_OF_INDEX = 8;

  private Checksums() {}

  /** A catalogue file of one piece, and the partition in it. */
  static byte[] ofCatalogue(byte[] file) {
    byte[] copy = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(copy);
    int header = file.length < PREFIX ? -1 : bytes.getInt(8);
    int trailer = file.length - 2 * Integer.BYTES;
    if (header < PARTITION_BYTES || header > trailer - PREFIX) {
      return file;
    }
    int body = PREFIX + header;
    bytes.putInt(12, crc(copy, PREFIX, header));
    long partition = bytes.getLong(body - PARTITION_BYTES);
    if (partition > 0 && partition <= trailer - body) {
      repair(copy, trailer - (int) partition, trailer, 4);
    }
    bytes.putInt(trailer, crc(copy, body, trailer - body));
    bytes.putInt(trailer + Integer.BYTES, crc(copy, trailer, Integer.BYTES));
    return copy;
  }

  /**
   * An index.
   *
   * @param fifth bytes of a number in the fifth section
   */
  static byte[] ofIndex(byte[] file, int fifth) {
    byte[] copy = file.clone();
    repair(copy, 0, file.length, fifth);
    return copy;
  }

  /** Sections: a length, so many numbers, a checksum of both. The first is a text. */
  private static void repair(byte[] file, int from, int to, int fifth) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int[] widths = {1, 8, 4, 4, fifth};
    int at = from + HEADER_OF_INDEX;
    for (int section = 0; at + Integer.BYTES <= to; section++) {
      int width = section < widths.length ? widths[section] : 4;
      long end = at + Integer.BYTES + (long) width * bytes.getInt(at);
      if (end < at || end + Integer.BYTES > to) {
        return;
      }
      bytes.putInt((int) end, crc(file, at, (int) end - at));
      at = (int) end + Integer.BYTES;
    }
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
