package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

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
    ItemTable items = csv(",f1,item_id,f2\n0,1,a,2\n1,3,b,4\n");
    assertThat(items.ids()).containsExactly("a", "b");
    assertThat(items.vectors()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void categoriesBecomeIndicators() throws Exception {
    ItemTable items = csv("id,price,colour\na,1,red\nb,2,blue\nc,3,red\n");
    assertThat(items.dimension()).isEqualTo(3);
    assertThat(items.vectors()).containsExactly(1, 0, 1, 2, 1, 0, 3, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id,f\n",
        "id\na\n",
        "a,1\na,2\n",
        ",1\n",
        "a,1\nb\n",
        "a,1\nb,\n",
        "a,1\nb,NaN\n",
        "a,1\nb,\"2\n"
      })
  void csvThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> csv(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("items.csv");
  }

  @Test
  void npyOfBothWidths() throws Exception {
    for (int width : new int[] {4, 8}) {
      ItemTable items = ItemTable.read(npy(header(width, "(2, 3)"), width, 6));
      assertThat(items.ids()).containsExactly("0", "1");
      assertThat(items.vectors()).containsExactly(0, 0.5f, 1, 1.5f, 2, 2.5f);
    }
  }

  @Test
  void npyThatIsNoneIsRefused() throws Exception {
    Path short1 = npy(header(4, "(2, 3)"), 4, 5);
    assertThatThrownBy(() -> ItemTable.read(short1)).isInstanceOf(IOException.class);
    Path huge = npy(header(4, "(2000000000, 3)"), 4, 5);
    assertThatThrownBy(() -> ItemTable.read(huge)).isInstanceOf(IOException.class);
    Path flat = npy(header(4, "(6,)"), 4, 6);
    assertThatThrownBy(() -> ItemTable.read(flat)).isInstanceOf(IOException.class);
    Path text = Files.writeString(directory.resolve("text.npy"), "a,1\n");
    assertThatThrownBy(() -> ItemTable.read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void theItemsOfTheOpenBanditDatasetAreRead() throws Exception {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA is not set: the Open Bandit items are not read");
    Path file = Path.of(data, "obd", "item_context_men.csv");
    assumeTrue(Files.exists(file), file + " does not exist");
    ItemTable items = ItemTable.read(file);
    assertThat(items.ids()).hasSize(34);
    assertThat(items.catalogue("v1", "obd").indexOf("33")).isEqualTo(33);
  }

  private ItemTable csv(String text) throws IOException {
    return ItemTable.read(Files.writeString(directory.resolve("items.csv"), text));
  }

  private static String header(int width, String shape) {
    return "{'descr': '<f" + width + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
  }

  private Path npy(String header, int width, int values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(0);
    out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer numbers = ByteBuffer.allocate(width * values).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values; i++) {
      if (width == 4) {
        numbers.putFloat(i / 2f);
      } else {
        numbers.putDouble(i / 2.0);
      }
    }
    out.write(numbers.array());
    return Files.write(directory.resolve("items.npy"), out.toByteArray());
  }
}
