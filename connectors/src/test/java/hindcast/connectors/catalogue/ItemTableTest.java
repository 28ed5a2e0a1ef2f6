package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTableTest {
  @TempDir Path directory;

  @Test
  void csvWithoutHeader() throws Exception {
    ItemTable items = csv("7,1.5,-2\n8,0,1e-3\n\n");
    assertThat(items.ids()).containsExactly("7", "8");
    assertThat(items.dimension()).isEqualTo(2);
    assertThat(items.vectors()).containsExactly(1.5f, -2f, 0f, 1e-3f);
  }

  @Test
  void csvWithHeaderFindsItsIdsAndSkipsUnnamedColumns() throws Exception {
    ItemTable items = csv(",f1,item_id,f2\r\n0,1,a,2\r\n1,3,b,4");
    assertThat(items.ids()).containsExactly("a", "b");
    assertThat(items.vectors()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void quotedIdsMayHaveCommasAndLines() throws Exception {
    ItemTable items = csv("id,f1\n\"a,\nb\",1\n\"ü\"\"2\",3\n");
    assertThat(items.ids()).containsExactly("a,\nb", "ü\"2");
    assertThat(items.vectors()).containsExactly(1, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | must have items",
        "id,f\\n | must have items with vectors: 0 x 1",
        "id\\na\\n | must have items with vectors: 1 x 0",
        "a,1\\na,2\\n | line 2 must have an id of its own: 'a' is the id of line 1",
        "id,f\\n\\na,1\\n\\n\\na,2\\n | line 6 must have an id of its own: 'a' is the id of line 3",
        ",1\\n | line 1 must have an id of at least one character: ''",
        "id,f\\n ,1\\n | line 2 must have an id of at least one character: ''",
        "a,1\\nb\\n | line 2 must have 2 columns: 1",
        "a,1\\nb,2,3\\n | line 2 must have 2 columns: 3",
        "a,1\\nb,\\n | line 2 column 2 must be a finite number: ''",
        "a,1\\nb,NaN\\n | line 2 column 2 must be a finite number: 'NaN'",
        "a,1\\nb,1e40\\n | line 2 column 2 must be a finite number: '1e40'",
        "id,f,g\\na,1,2\\nb,1,red\\n | line 3 column 3 must be a finite number: 'red'",
        "a,1\\nb,\"2\\n | is no csv"
      })
  void csvThatIsNoneIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> csv(text.replace("\\n", "\n")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(directory.resolve("items.csv").toString())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"1,<f4,False", "1,<f8,False", "2,<f4,True", "3,<f8,True"})
  void npyOfBothWidthsInBothOrdersAndAllFormats(int format, String type, String fortran)
      throws Exception {
    ItemTable items = ItemTable.read(npy(format, header(type, fortran, "(2, 3)"), type, 6));
    assertThat(items.ids()).containsExactly("0", "1");
    if (fortran.equals("True")) {
      assertThat(items.vectors()).containsExactly(0, 1, 2, 0.5f, 1.5f, 2.5f);
    } else {
      assertThat(items.vectors()).containsExactly(0, 0.5f, 1, 1.5f, 2, 2.5f);
    }
  }

  @Test
  void npyTakesIdsFromAFile() throws Exception {
    Path file = npy(1, header("<f4", "False", "(2, 3)"), "<f4", 6);
    Path ids = Files.writeString(directory.resolve("ids.txt"), "a\nb\n");
    try (ItemFile items = ItemFiles.npy(file, ids)) {
      assertThat(items.read(done -> {}).ids().idOf(1)).isEqualTo("b");
    }
    Files.writeString(ids, "a\n");
    assertThatThrownBy(() -> ItemFiles.npy(file, ids)).hasMessageContaining("one id a line");
    Files.writeString(ids, "a\na\n");
    try (ItemFile items = ItemFiles.npy(file, ids)) {
      assertThatThrownBy(() -> items.read(done -> {}))
          .hasMessageContaining("row 1 must have an id of its own: 'a' is the id of row 0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | <f4 | False | (2, 3)          | 5 | 20 bytes",
        "1 | <f4 | False | (2, 3)          | 7 | 28 bytes",
        "1 | <f4 | False | (2000000000, 3) | 5 | 20 bytes",
        "1 | <f4 | False | (99999999999, 3)| 5 | sizes cannot be",
        "1 | <f4 | False | (0, 3)          | 0 | sizes cannot be",
        "1 | <f4 | False | (6,)            | 6 | must be a matrix",
        "1 | <f4 | False | (1, 2, 3)       | 6 | must be a matrix",
        "1 | >f4 | False | (2, 3)          | 6 | little-endian float32 or float64",
        "1 | <f2 | False | (2, 3)          | 6 | little-endian float32 or float64",
        "1 | <i8 | False | (2, 3)          | 6 | little-endian float32 or float64",
        "1 | <f4 | Maybe | (2, 3)          | 6 | order",
        "4 | <f4 | False | (2, 3)          | 6 | format 1.0 to 3.0: 4"
      })
  void npyThatIsNoneIsRefused(
      int format, String type, String fortran, String shape, int values, String message)
      throws Exception {
    Path file = npy(format, header(type, fortran, shape), "<f4", values);
    assertThatThrownBy(() -> ItemTable.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aNumberOfNpyThatIsNotFiniteIsNamedWithItsPlace() throws Exception {
    Path file = npy(1, header("<f8", "False", "(2, 3)"), "<f8", 6);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(bytes.length - 16, 1e300);
    Files.write(file, bytes);
    assertThatThrownBy(() -> ItemTable.read(file))
        .hasMessageContaining("row 1 column 1 must be a finite float32: Infinity");
  }

  @Test
  void whatIsNoNpyAtAllIsRefused() throws Exception {
    Path text = Files.writeString(directory.resolve("text.npy"), "a,1\n");
    assertThatThrownBy(() -> ItemTable.read(text)).hasMessageContaining("is no NumPy file");
    Path longer = Files.writeString(directory.resolve("text.npy"), "a,1\nb,2\nc,3\n");
    assertThatThrownBy(() -> ItemTable.read(longer)).hasMessageContaining("is no NumPy file");
    byte[] whole = Files.readAllBytes(npy(1, header("<f4", "False", "(2, 3)"), "<f4", 6));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(directory.resolve("cut.npy"), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ItemTable.read(cut)).isInstanceOf(IOException.class);
    }
  }

  private ItemTable csv(String text) throws IOException {
    return ItemTable.read(Files.writeString(directory.resolve("items.csv"), text));
  }

  private static String header(String type, String fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, fortran, shape);
  }

  private Path npy(int format, String header, String type, int values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) format, 0});
    out.write(header.length());
    out.write(new byte[format == 1 ? 1 : 3]);
    out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    boolean wide = type.equals("<f8");
    ByteBuffer numbers =
        ByteBuffer.allocate((wide ? 8 : 4) * values).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values; i++) {
      if (wide) {
        numbers.putDouble(i / 2.0);
      } else {
        numbers.putFloat(i / 2f);
      }
    }
    out.write(numbers.array());
    return Files.write(directory.resolve("items.npy"), out.toByteArray());
  }
}
