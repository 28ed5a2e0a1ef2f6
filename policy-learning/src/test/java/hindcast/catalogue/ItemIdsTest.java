package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemIdsTest {
  @Test
  void everyIdFindsItsWayBack() {
    String[] ids = new String[3000];
    for (int item = 0; item < ids.length; item++) {
      ids[item] = (item % 3 == 0 ? "" : item % 3 == 1 ? "ü" : "\uD83C\uDFB8\uFEFF") + item;
    }
    ItemIds all = ItemIds.of(ids);
    for (int item = 0; item < ids.length; item++) {
      assertThat(all.idOf(item)).isEqualTo(ids[item]);
      assertThat(all.indexOf(ids[item])).isEqualTo(item);
      assertThat(all.indexOf(ids[item] + "x")).isEqualTo(-1);
    }
    ItemIds again = ItemIds.of(all.utf8(), all.ends());
    assertThat(again.indexOf(ids[2999])).isEqualTo(2999);
  }

  @Test
  void idsOfOneHashAreToldApart() {
    ItemIds ids = ItemIds.of(new String[] {"Aa", "BB", "AaAa", "BBBB", "AaBB"});
    assertThat(ids.indexOf("BB")).isEqualTo(1);
    assertThat(ids.indexOf("AaBB")).isEqualTo(4);
    assertThat(ids.indexOf("BBAa")).isEqualTo(-1);
  }

  @Test
  void aStringThatIsNoUnicodeIsUnknown() {
    ItemIds ids = ItemIds.of(new String[] {"?", "\uFFFD"});
    assertThat(ids.indexOf("\uD800")).isEqualTo(-1);
    assertThat(ids.indexOf("")).isEqualTo(-1);
    assertThat(ids.indexOf("?")).isZero();
  }

  @Test
  void anIdTwiceIsRefusedByName() {
    assertThatThrownBy(() -> ItemIds.of(new String[] {"a", "twin", "b", "twin"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item ids must differ: twin appears twice (items 1 and 3)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uD800", "a\uDC00"})
  void whatIsNoIdIsRefused(String id) {
    assertThatThrownBy(() -> ItemIds.of(new String[] {"a", id}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item 1");
  }

  @Test
  void bytesThatAreNoIdsAreRefused() {
    byte[] two = "aü".getBytes(StandardCharsets.UTF_8);
    assertThat(ItemIds.of(two, new int[] {1, 3}).indexOf("ü")).isEqualTo(1);
    for (int[] ends : new int[][] {{}, {1, 2}, {2, 3}, {1, 4}, {0, 3}, {3, 3}, {-1, 3}}) {
      assertThatThrownBy(() -> ItemIds.of(two, ends)).isInstanceOf(IllegalArgumentException.class);
    }
    byte[] half = {'a', (byte) 0xC3};
    assertThatThrownBy(() -> ItemIds.of(half, new int[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tenThousandItemsCostAFewBytesMoreThanTheirIds() {
    ItemIdsBuilder builder = new ItemIdsBuilder(1);
    for (int item = 0; item < 10_000; item++) {
      builder.add(Integer.toString(item));
    }
    assertThat(builder.size()).isEqualTo(10_000);
    ItemIds ids = builder.build();
    assertThat(ids.utf8()).hasSize(10 + 180 + 2700 + 36_000);
    assertThat(ids.indexOf("9999")).isEqualTo(9999);
  }
}
