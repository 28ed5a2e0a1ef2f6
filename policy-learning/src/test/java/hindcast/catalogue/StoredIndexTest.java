package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hindcast.catalogue.IndexFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredIndexTest {
  private static final ItemEmbeddings ITEMS =
      SampleItems.of(withDuplicates(SampleItems.normsVary(700, 9, 10, 1)), 9);
  private static final PartitionIndex PARTITION =
      PartitionIndex.builder(ITEMS).headSize(30).clusters(9).build();
  private static final HnswIndex GRAPH =
      HnswIndex.builder(ITEMS).links(6).layered(true).threads(2).ef(40).build();

  private static float[] withDuplicates(float[] rows) {
    System.arraycopy(rows, 0, rows, 900, 900);
    return rows;
  }

  /** The stored forms. */
  enum Form {
    PARTITION_WITH_VECTORS {
      @Override
      void write(DataOutputStream out) throws IOException {
        PartitionFormat.write(PARTITION, "catalogue-1", out);
      }

      @Override
      MaximumInnerProductIndex read(DataInputStream in, String catalogue) throws IOException {
        return PartitionFormat.read(in, catalogue);
      }
    },
    PARTITION_LAYOUT {
      @Override
      void write(DataOutputStream out) throws IOException {
        PartitionFormat.writeLayout(PARTITION, "catalogue-1", out);
      }

      @Override
      MaximumInnerProductIndex read(DataInputStream in, String catalogue) throws IOException {
        return PartitionFormat.readLayout(in, catalogue, ITEMS);
      }
    },
    GRAPH_OF_ITEMS {
      @Override
      void write(DataOutputStream out) throws IOException {
        HnswFormat.write(GRAPH, "catalogue-1", out);
      }

      @Override
      MaximumInnerProductIndex read(DataInputStream in, String catalogue) throws IOException {
        return HnswFormat.read(in, catalogue, ITEMS);
      }
    };

    abstract void write(DataOutputStream out) throws IOException;

    abstract MaximumInnerProductIndex read(DataInputStream in, String catalogue) throws IOException;

    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    MaximumInnerProductIndex read(byte[] bytes) throws IOException {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)), "catalogue-1");
    }

    Reason refusal(byte[] bytes) {
      IndexFormatException refused =
          catchThrowableOfType(IndexFormatException.class, () -> read(bytes));
      assertThat(refused).isNotNull().hasMessageStartingWith("stored ");
      return refused.reason();
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void whatIsReadFindsWhatWasWritten(Form form) throws IOException {
    MaximumInnerProductIndex index = form == Form.GRAPH_OF_ITEMS ? GRAPH : PARTITION;
    MaximumInnerProductIndex read = form.read(form.bytes());
    double[][] h = SampleItems.queries(ITEMS, 40, 5);
    int[][] want = new int[40][50];
    int[][] got = new int[40][50];
    assertThat(read.topK(h, 40, 50, got)).isEqualTo(index.topK(h, 40, 50, want));
    assertThat(got).isDeepEqualTo(want);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void everyFlippedByteIsNoticed(Form form) throws IOException {
    byte[] bytes = form.bytes();
    for (int at = 0; at < bytes.length; at += at < 200 ? 1 : 151) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 0x10;
      assertThat(form.refusal(flipped)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void everyEarlyEndIsNoticed(Form form) throws IOException {
    byte[] bytes = form.bytes();
    for (int length = 0; length < bytes.length; length += length < 200 ? 1 : 397) {
      assertThat(form.refusal(Arrays.copyOf(bytes, length))).isEqualTo(Reason.TRUNCATED);
    }
    assertThat(form.refusal(Arrays.copyOf(bytes, bytes.length - 1))).isEqualTo(Reason.TRUNCATED);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void anotherCatalogueIsRefused(Form form) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(form.bytes()));
    IndexFormatException refused =
        catchThrowableOfType(IndexFormatException.class, () -> form.read(in, "catalogue-2"));
    assertThat(refused.reason()).isEqualTo(Reason.WRONG_CATALOGUE);
    assertThat(refused).hasMessageContaining("catalogue-1").hasMessageContaining("catalogue-2");
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void anotherVersionOrKindIsRefused(Form form) throws IOException {
    byte[] bytes = form.bytes();
    bytes[7]++;
    assertThat(form.refusal(bytes)).isEqualTo(Reason.UNKNOWN_VERSION);
    bytes[0]++;
    assertThat(form.refusal(bytes)).isEqualTo(Reason.NOT_AN_INDEX);
  }

  @Test
  void vectorsKeptElsewhereInPlaceOrderAreTakenOver() throws IOException {
    float[] packed = PARTITION.items().packed();
    ByteArrayInputStream bytes = new ByteArrayInputStream(Form.PARTITION_LAYOUT.bytes());
    PartitionIndex read =
        PartitionFormat.readLayout(new DataInputStream(bytes), "catalogue-1", packed);
    assertThat(read.items().packed()).isSameAs(packed);
    for (int a = 0; a < ITEMS.size(); a++) {
      assertThat(read.embeddings().vector(a)).isEqualTo(ITEMS.vector(a));
    }
  }

  @Test
  void vectorsOfAnotherShapeAreRefused() throws IOException {
    byte[] layout = Form.PARTITION_LAYOUT.bytes();
    byte[] graph = Form.GRAPH_OF_ITEMS.bytes();
    ItemEmbeddings fewer = SampleItems.of(SampleItems.isotropic(699, 9, 1), 9);
    List<Refusable> attempts =
        List.of(
            () -> PartitionFormat.readLayout(stream(layout), "catalogue-1", fewer),
            () -> PartitionFormat.readLayout(stream(layout), "catalogue-1", new float[16]),
            () -> HnswFormat.read(stream(graph), "catalogue-1", fewer));
    for (Refusable attempt : attempts) {
      IndexFormatException refused = catchThrowableOfType(IndexFormatException.class, attempt::run);
      assertThat(refused.reason()).isEqualTo(Reason.WRONG_CATALOGUE);
    }
  }

  private interface Refusable {
    void run() throws IOException;
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
