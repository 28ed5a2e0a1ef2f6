package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.numeric.CounterBasedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedEmbeddingsTest {

  private static float[] rows(int size, int dimension) {
    float[] rows = new float[size * dimension];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) CounterBasedRandom.gaussian(11, k);
    }
    return rows;
  }

  private static double[] numbers(int count, long key) {
    double[] numbers = new double[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = CounterBasedRandom.gaussian(key, k);
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 64", "15, 3", "16, 8", "17, 5", "2100, 24"})
  void agreesWithDoublePrecision(int size, int dimension) {
    float[] rows = rows(size, dimension);
    double[] exact = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      exact[k] = rows[k];
    }
    PackedEmbeddings packed = PackedEmbeddings.ofRows(rows, size, dimension);
    Float64Embeddings reference = new Float64Embeddings(exact, size, dimension);
    double[] h = numbers(dimension, 1);
    double[] scores = new double[size];
    double[] want = new double[size];
    packed.scores(h, scores);
    reference.scores(h, want);
    for (int a = 0; a < size; a++) {
      assertThat(scores[a]).isCloseTo(want[a], within(1e-5));
      assertThat(packed.score(a, h)).isEqualTo(scores[a]);
      assertThat(packed.vector(a)).isEqualTo(reference.vector(a));
    }
    double[] weights = numbers(size, 2);
    double[] sum = new double[dimension];
    double[] wantSum = new double[dimension];
    packed.weightedSum(weights, sum);
    reference.weightedSum(weights, wantSum);
    for (int l = 0; l < dimension; l++) {
      assertThat(sum[l]).isCloseTo(wantSum[l], within(1e-11));
    }
  }

  @Test
  void someItemsScoreAsAmongAll() {
    PackedEmbeddings packed = PackedEmbeddings.ofRows(rows(40, 6), 40, 6);
    double[] h = numbers(6, 3);
    double[] all = new double[40];
    packed.scores(h, all);
    double[] some = new double[3];
    packed.scores(h, new int[] {39, 0, 17}, 3, some);
    assertThat(some).containsExactly(all[39], all[0], all[17]);
  }

  @Test
  void packedArrayIsTakenOver() {
    PackedEmbeddings packed = PackedEmbeddings.ofRows(rows(20, 3), 20, 3);
    PackedEmbeddings again = PackedEmbeddings.ofPacked(packed.packed(), 20, 3);
    assertThat(again.packed()).isSameAs(packed.packed());
    assertThat(again.blocks()).isEqualTo(2);
    assertThat(again.vector(19)).isEqualTo(packed.vector(19));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> PackedEmbeddings.ofRows(new float[5], 2, 3))
        .hasMessage("embeddings need size x dimension numbers: 2 x 3 is not 5");
    assertThatThrownBy(() -> PackedEmbeddings.ofPacked(new float[6], 2, 3))
        .hasMessage("packed embeddings of 2 x 3 need 48 numbers: 6");
    assertThatThrownBy(() -> PackedEmbeddings.packedLength(33_554_432, 64))
        .hasMessage("embeddings must have fewer than 2^31 - 16 numbers: 33554432 x 64");
    float[] infinite = rows(20, 3);
    infinite[18 * 3 + 1] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> PackedEmbeddings.ofRows(infinite, 20, 3))
        .hasMessage("embeddings must be finite: Infinity (item 18)");
    float[] filled = new float[48];
    filled[2] = 1;
    assertThatThrownBy(() -> PackedEmbeddings.ofPacked(filled, 2, 3))
        .hasMessage("packed embeddings must be zero after the last item: 1.0 (place 2 of 2 items)");
  }
}
