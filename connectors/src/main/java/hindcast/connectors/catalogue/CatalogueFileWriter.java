package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.ItemIds;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionFormat;
import hindcast.catalogue.PartitionIndex;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes the bytes of a catalogue file; {@link CatalogueFile} has the layout. */
final class CatalogueFileWriter {
  private static final int BLOCK = VectorLayout.BLOCK;

  private final ItemCatalogue catalogue;
  private final CheckedOutput body;

  private CatalogueFileWriter(ItemCatalogue catalogue, CheckedOutput body) {
    this.catalogue = catalogue;
    this.body = body;
  }

  static void write(ItemCatalogue catalogue, PartitionIndex partition, OutputStream out)
      throws IOException {
    ItemIds ids = catalogue.ids();
    VectorLayout layout = layout(catalogue, partition);
    byte[] order = bytes(partition, catalogue.version());
    CatalogueHeader header =
        new CatalogueHeader(
            catalogue.version(),
            catalogue.embeddingSpace(),
            catalogue.size(),
            catalogue.dimension(),
            layout,
            ids.utf8().length,
            partition == null
                ? layout.bytes(catalogue.size(), catalogue.dimension())
                : (long) Float.BYTES * partition.items().packed().length,
            order.length);
    out.write(header.encode());
    CheckedOutput body = new CheckedOutput(out, header.chunks());
    CatalogueFileWriter writer = new CatalogueFileWriter(catalogue, body);
    writer.ids(header);
    if (layout == VectorLayout.PARTITIONED) {
      body.write(partition.items().packed());
      body.write(order, 0, order.length);
    } else if (layout == VectorLayout.PACKED) {
      writer.vectors();
    }
    body.finish();
  }

  private static VectorLayout layout(ItemCatalogue catalogue, PartitionIndex partition) {
    if (partition != null) {
      return VectorLayout.PARTITIONED;
    }
    return catalogue.embeddings() instanceof OneHotEmbeddings
        ? VectorLayout.ONE_HOT
        : VectorLayout.PACKED;
  }

  private static byte[] bytes(PartitionIndex partition, String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (partition != null) {
      PartitionFormat.writeLayout(partition, version, new DataOutputStream(bytes));
    }
    return bytes.toByteArray();
  }

  private void ids(CatalogueHeader header) throws IOException {
    ItemIds ids = catalogue.ids();
    int[] lengths = ids.ends().clone();
    for (int item = lengths.length - 1; item > 0; item--) {
      lengths[item] -= lengths[item - 1];
    }
    body.write(lengths);
    body.write(ids.utf8(), 0, ids.utf8().length);
    int filled = (int) (header.idSectionBytes() - header.idBytes() - 4L * lengths.length);
    body.write(new byte[filled], 0, filled);
  }

  private void vectors() throws IOException {
    ItemEmbeddings embeddings = catalogue.embeddings();
    if (embeddings instanceof PackedEmbeddings packed) {
      body.write(packed.packed());
      return;
    }
    float[] block = new float[BLOCK * catalogue.dimension()];
    double[] vector = new double[catalogue.dimension()];
    for (int first = 0; first < catalogue.size(); first += BLOCK) {
      Arrays.fill(block, 0);
      for (int j = 0; j < Math.min(BLOCK, catalogue.size() - first); j++) {
        Arrays.fill(vector, 0);
        embeddings.addScaled(first + j, 1, vector);
        for (int l = 0; l < vector.length; l++) {
          block[l * BLOCK + j] = (float) vector[l];
        }
      }
      body.write(block);
    }
  }
}
