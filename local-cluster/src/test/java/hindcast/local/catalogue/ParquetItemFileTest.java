package hindcast.local.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.connectors.catalogue.PackedItems;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under {@code items/} were written by PyArrow. */
class ParquetItemFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"list-none", "list-snappy", "list-gzip", "list-zstd", "list-lz4"})
  void listsOfEveryCompressionInSeveralRowGroups(String name) throws Exception {
    PackedItems items = read(file(name));
    assertThat(items.ids().size()).isEqualTo(5);
    assertThat(items.ids().indexOf("ü")).isEqualTo(1);
    for (int item = 0; item < 5; item++) {
      assertThat(items.embeddings().vector(item))
          .containsExactly(item / 2.0, item / 2.0 + 1, item / 2.0 + 2);
    }
  }

  @Test
  void listsOfAFixedLengthAndWholeIds() throws Exception {
    PackedItems items = read(file("fixed-doubles"));
    assertThat(items.ids().idOf(4)).isEqualTo("4");
    assertThat(items.embeddings().vector(4)).containsExactly(2, 3, 4);
  }

  @Test
  void oneColumnForEachDimension() throws Exception {
    PackedItems items = read(file("columns"));
    assertThat(items.ids().idOf(3)).isEqualTo("d");
    assertThat(items.embeddings().vector(3)).containsExactly(1.5, 2.5, 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "ragged       | row 3 must have 3 numbers like the first row: 2",
        "null-vector  | row 2 column e must have a value: null or empty",
        "empty-vector | row 2 column e must have a value: null or empty",
        "null-number  | row 2 column e must have a value: null or empty",
        "null-id      | row 1 column item_id must have a value: null or empty",
        "not-finite   | row 4 column e must be a finite float32: NaN",
        "twice        | row 2 must have an id of its own: 'a' is the id of row 0",
        "no-id        | must have a column item_id or id of texts or whole numbers: [name, e.list",
        "two-lists    | lists [e.list.element, g.list.element]",
        "text-column  | other columns [colour]",
        "list-brotli  | compression must be none, snappy, zstd, gzip or lz4_raw: BROTLI",
        "empty        | must have items with vectors"
      })
  void whatIsWrongIsNamedWithItsPlace(String name, String message) throws Exception {
    Path file = file(name);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsCutOrNoParquetIsRefusedInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(file("list-none"));
    for (int length = 0; length < whole.length; length += 7) {
      Path cut = Files.write(directory.resolve("cut.parquet"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(cut.toString())
          .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }
  }

  private static PackedItems read(Path file) throws IOException {
    try (ParquetItemFile items = ParquetItemFile.of(file)) {
      return items.read(done -> {});
    }
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(ParquetItemFileTest.class.getResource("/items/" + name + ".parquet").toURI());
  }
}
