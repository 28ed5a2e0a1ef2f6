package hindcast.fuzz;

import hindcast.catalogue.HnswFormat;
import hindcast.catalogue.IndexFormatException;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionFormat;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Stored indexes, as they are and with checksums that hold, of a catalogue of 4 items. */
final class IndexTarget {
  /** What an index says it was built for. */
  static final String CATALOGUE = "c";

  private IndexTarget() {}

  /** The catalogue. */
  static ItemEmbeddings embeddings() {
    float[] rows = {1, 0, 0, 1, -1, 0, 0, -1};
    return PackedEmbeddings.ofRows(rows, 4, 2);
  }

  static String outcome(byte[] input) throws IOException {
    read(Checksums.ofIndex(input, Integer.BYTES));
    read(Checksums.ofIndex(input, Long.BYTES));
    return read(input);
  }

  private static String read(byte[] input) throws IOException {
    String[] outcomes = {
      outcome(() -> PartitionFormat.read(in(input), CATALOGUE)),
      outcome(() -> PartitionFormat.readLayout(in(input), CATALOGUE, embeddings())),
      outcome(() -> HnswFormat.read(in(input), CATALOGUE, embeddings()))
    };
    for (String outcome : outcomes) {
      if (outcome.equals(FuzzTarget.ACCEPTED)) {
        return outcome;
      }
    }
    return outcomes[1].equals("NOT_AN_INDEX") ? outcomes[2] : outcomes[1];
  }

  private static DataInputStream in(byte[] input) {
    return new DataInputStream(new ByteArrayInputStream(input));
  }

  private static String outcome(Read read) throws IOException {
    try {
      read.run();
      return FuzzTarget.ACCEPTED;
    } catch (IndexFormatException e) {
      FuzzTarget.requireMessage(e.getMessage(), "refused");
      return e.reason().name();
    }
  }

  /** Reads an index. */
  @FunctionalInterface
  private interface Read {
    void run() throws IOException;
  }
}
