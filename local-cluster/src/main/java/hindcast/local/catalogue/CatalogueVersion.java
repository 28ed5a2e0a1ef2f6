package hindcast.local.catalogue;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.ItemIds;
import hindcast.connectors.FileHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The version of a catalogue nobody has named: the beginning of the hash of what is in it. */
final class CatalogueVersion {

  private static final int DIGITS = 16;

  private CatalogueVersion() {}

  static String of(String content) {
    MessageDigest digest = FileHash.digest();
    digest.update(content.getBytes(StandardCharsets.UTF_8));
    return of(digest);
  }

  /** Of the ids and the vectors in the order of the items, whatever order they are stored in. */
  static String of(ItemIds ids, ItemEmbeddings embeddings) {
    MessageDigest digest = FileHash.digest();
    ByteBuffer lengths = ByteBuffer.allocate(Integer.BYTES * ids.size());
    lengths.asIntBuffer().put(ids.ends());
    digest.update(lengths);
    digest.update(ids.utf8());
    double[] vector = new double[embeddings.dimension()];
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * vector.length);
    for (int item = 0; item < ids.size(); item++) {
      Arrays.fill(vector, 0);
      embeddings.addScaled(item, 1, vector);
      row.clear();
      for (double value : vector) {
        row.putFloat((float) value);
      }
      digest.update(row.flip());
    }
    return of(digest);
  }

  private static String of(MessageDigest digest) {
    return "items-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
