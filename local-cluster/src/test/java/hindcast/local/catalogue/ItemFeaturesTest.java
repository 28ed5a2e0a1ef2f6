package hindcast.local.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.catalogue.ItemCatalogue;
import hindcast.local.LocalStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFeaturesTest {

  @TempDir Path folder;

  @Test
  void numbersStayAndCategoriesBecomeOneHot() throws Exception {
    ItemCatalogue catalogue =
        ItemFeatures.read(
            file(",item_id,price,brand\n0,b,-0.5,x\n1,a,2e1,y\n2,c,3,x\n"), List.of("a", "b"));
    assertThat(catalogue.size()).isEqualTo(3);
    assertThat(catalogue.dimension()).isEqualTo(3);
    assertThat(vector(catalogue, "b")).containsExactly(-0.5, 1, 0);
    assertThat(vector(catalogue, "a")).containsExactly(20, 0, 1);
    assertThat(vector(catalogue, "c")).containsExactly(3, 1, 0);
  }

  @Test
  void theVersionFollowsTheContent() throws Exception {
    String one = ItemFeatures.read(file("item_id,f\na,1\nb,2\n"), List.of()).version();
    assertThat(ItemFeatures.read(file("item_id,f\na,1\nb,2\n"), List.of()).version())
        .isEqualTo(one);
    assertThat(ItemFeatures.read(file("item_id,f\na,1\nb,3\n"), List.of()).version())
        .isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name,f\na,1\nb,2\n",
        "item_id\na\nb\n",
        "item_id,f\na,1\n",
        "item_id,f\na,1\na,2\n",
        "item_id,f\na,1\nb\n",
        "item_id,f\nb,1\nc,2\n",
      })
  void refusesWhatIsNoCatalogueOfTheLog(String text) throws Exception {
    Path file = file(text);
    assertThatThrownBy(() -> ItemFeatures.read(file, List.of("a")))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("--items")
        .hasMessageNotContaining("\n");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("items.csv"), text);
  }

  private static double[] vector(ItemCatalogue catalogue, String item) {
    double[] vector = new double[catalogue.dimension()];
    catalogue.embeddings().addScaled(catalogue.indexOf(item), 1, vector);
    return vector;
  }
}
