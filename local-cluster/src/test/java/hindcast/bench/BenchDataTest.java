package hindcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hindcast.connectors.catalogue.ItemTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchDataTest {
  @TempDir Path folder;

  @Test
  void madeUpDataAreAFunctionOfTheSeed() {
    BenchData one = BenchData.of("clustered", 700, 8, 4, null);
    BenchData two = BenchData.of("clustered", 700, 8, 4, null);
    assertThat(one.items().rows()).isEqualTo(two.items().rows());
    assertThat(one.train().get(5).held()).isEqualTo(two.train().get(5).held());
    assertThat(one.items().rows())
        .isNotEqualTo(BenchData.of("clustered", 700, 8, 5, null).items().rows());
  }

  @Test
  void normalisedRowsHaveNormOne() {
    ItemVectors items = BenchData.of("normalised", 300, 8, 1, null).items();
    for (int a = 0; a < items.size(); a++) {
      assertThat(items.norm(a)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void readsItsOwnNumPyFiles() throws Exception {
    ItemVectors items = SyntheticVectors.isotropic(120, 5, 2);
    Path file = folder.resolve("items.npy");
    NpyFile.write(file, items.rows(), items.size(), items.dimension());
    assertThat(ItemTable.read(file).vectors()).isEqualTo(items.rows());
    BenchData data = BenchData.of(file.toString(), 0, 64, 1, null);
    assertThat(data.items().dimension()).isEqualTo(5);
    assertThat(data.test()).isNotEmpty();
  }

  /** The best item of the identity policy over V of an SVD with 100 dimensions: computed apart. */
  @Test
  void theUntrainedPolicyOnGowallaEarnsWhatIsKnown() {
    String variable = System.getenv("HINDCAST_DATA");
    assumeTrue(
        variable != null && Files.isDirectory(Path.of(variable, "gowalla")),
        "HINDCAST_DATA holds no gowalla");
    BenchData data = BenchData.of("gowalla", 0, 100, 1, Path.of(variable));
    assertThat(data.items().size()).isEqualTo(32_894);
    assertThat(data.train()).hasSize(2400);
    assertThat(data.test()).hasSize(601);
    assertThat(greedyReward(data, unscaled(data.items()))).isCloseTo(0.05324, within(0.005));
    assertThat(greedyReward(data, data.items())).isGreaterThan(0.07);
  }

  /** V of V S: every component divided by the length of its column. */
  private static ItemVectors unscaled(ItemVectors items) {
    float[] rows = items.rows().clone();
    for (int l = 0; l < items.dimension(); l++) {
      double sum = 0;
      for (int at = l; at < rows.length; at += items.dimension()) {
        sum += rows[at] * rows[at];
      }
      for (int at = l; at < rows.length; at += items.dimension()) {
        rows[at] /= (float) Math.sqrt(sum);
      }
    }
    return new ItemVectors("V", rows, items.size(), items.dimension());
  }

  private static double greedyReward(BenchData data, ItemVectors items) {
    int hits = 0;
    for (Session session : data.test()) {
      float[] x = items.mean(session.observed());
      int best = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < items.size(); a++) {
        double score = items.dot(x, a);
        if (score > largest) {
          largest = score;
          best = a;
        }
      }
      for (int a : session.held()) {
        hits += a == best ? 1 : 0;
      }
    }
    return (double) hits / data.test().size();
  }
}
