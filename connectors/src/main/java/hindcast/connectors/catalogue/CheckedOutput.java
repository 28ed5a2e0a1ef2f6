package hindcast.connectors.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes the body of a catalogue file and the checksum of each of its pieces. */
final class CheckedOutput {
  private static final int FLOATS = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer checksums;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer numbers =
      ByteBuffer.allocate(Float.BYTES * FLOATS).order(ByteOrder.LITTLE_ENDIAN);
  private int inChunk;

  CheckedOutput(OutputStream out, int chunks) {
    this.out = out;
    this.checksums = ByteBuffer.allocate(Integer.BYTES * (chunks + 1));
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, CatalogueHeader.CHUNK - inChunk);
      crc.update(bytes, from + done, part);
      done += part;
      inChunk += part;
      if (inChunk == CatalogueHeader.CHUNK) {
        endChunk();
      }
    }
  }

  void write(int[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int part = Math.min(FLOATS, values.length - done);
      numbers.asIntBuffer().put(values, done, part);
      write(numbers.array(), 0, Integer.BYTES * part);
      done += part;
    }
  }

  void write(float[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int part = Math.min(FLOATS, values.length - done);
      numbers.asFloatBuffer().put(values, done, part);
      write(numbers.array(), 0, Float.BYTES * part);
      done += part;
    }
  }

  /** Ends the body and writes the checksums. */
  void finish() throws IOException {
    if (inChunk > 0) {
      endChunk();
    }
    int end = checksums.position();
    checksums.putInt(CatalogueHeader.checksum(java.util.Arrays.copyOf(checksums.array(), end)));
    out.write(checksums.array());
  }

  private void endChunk() {
    checksums.putInt((int) crc.getValue());
    crc.reset();
    inChunk = 0;
  }
}
