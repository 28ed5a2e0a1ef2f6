package hindcast.connectors.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompression of Parquet pages in plain Java; Parquet's own goes through Hadoop. */
final class ParquetCodecs implements CompressionCodecFactory {
  /** Bytes of the largest page that is decompressed; writers make pages of about 1 MB. */
  static final int LARGEST_PAGE = 1 << 27;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("files are read, not written");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Pages((bytes, size) -> bytes);
      case SNAPPY -> new Pages(blocks(new SnappyDecompressor()));
      case ZSTD -> new Pages(blocks(new ZstdDecompressor()));
      case LZ4_RAW -> new Pages(blocks(new Lz4Decompressor()));
      case GZIP -> new Pages(ParquetCodecs::gunzip);
      default ->
          throw new IllegalArgumentException(
              "compression must be none, snappy, zstd, gzip or lz4_raw: " + codec);
    };
  }

  @Override
  public void release() {}

  @FunctionalInterface
  private interface Codec {
    byte[] decompress(byte[] bytes, int size) throws IOException;
  }

  private record Pages(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      requirePage(size);
      return BytesInput.from(codec.decompress(bytes.toInputStream().readAllBytes(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
        throws IOException {
      requirePage(size);
      byte[] bytes = new byte[compressed];
      input.get(bytes);
      output.put(codec.decompress(bytes, size));
    }

    @Override
    public void release() {}
  }

  private static void requirePage(int size) throws IOException {
    if (size < 0 || size > LARGEST_PAGE) {
      throw new IOException("a page must have at most " + LARGEST_PAGE + " bytes: " + size);
    }
  }

  private static Codec blocks(Decompressor decompressor) {
    return (bytes, size) -> {
      byte[] out = new byte[size];
      int length = decompressor.decompress(bytes, 0, bytes.length, out, 0, size);
      if (length != size) {
        throw new IOException("a page must have " + size + " bytes: " + length);
      }
      return out;
    };
  }

  private static byte[] gunzip(byte[] bytes, int size) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] out = in.readNBytes(size);
      if (out.length != size) {
        throw new IOException("a page must have " + size + " bytes: " + out.length);
      }
      return out;
    }
  }
}
