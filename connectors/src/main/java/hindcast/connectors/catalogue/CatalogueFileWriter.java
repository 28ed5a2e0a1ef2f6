package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.ItemIds;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
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

  static void write(ItemCatalogue catalogue, OutputStream out) throws IOException {
    ItemIds ids = catalogue.ids();
    VectorLayout layout =
        catalogue.embeddings() instanceof OneHotEmbeddings
            ? VectorLayout.ONE_HOT
            : VectorLayout.PACKED;
    CatalogueHeader header =
        new CatalogueHeader(
            catalogue.version(),
            catalogue.embeddingSpace(),
            catalogue.size(),
            catalogue.dimension(),
            layout,
            ids.utf8().length,
            layout.bytes(catalogue.size(), catalogue.dimension()),
            0);
    out.write(header.encode());
    CheckedOutput body = new CheckedOutput(out, header.chunks());
    CatalogueFileWriter writer = new CatalogueFileWriter(catalogue, body);
    writer.ids(header);
    if (layout == VectorLayout.PACKED) {
      writer.vectors();
    }
    body.finish();
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
