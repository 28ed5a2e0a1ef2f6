package hindcast.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;

class TruncatedSvdTest {
  private static final int ROWS = 60;
  private static final int COLUMNS = 90;

  @Test
  void agreesWithTheDenseDecomposition() {
    int[][] lists = lists(ROWS, COLUMNS, 8);
    SingularValueDecomposition dense = new SingularValueDecomposition(dense(lists, COLUMNS));
    TruncatedSvd svd = TruncatedSvd.of(SparseMatrix.counts(lists, COLUMNS), 5, 10, 12, 1);
    double[] vectors = svd.scaledRight();
    for (int j = 0; j < 5; j++) {
      double value = dense.getSingularValues()[j];
      assertThat(svd.singularValues()[j]).isCloseTo(value, within(1e-6 * value));
      double product = 0;
      for (int a = 0; a < COLUMNS; a++) {
        product += vectors[a * 5 + j] * dense.getV().getEntry(a, j);
      }
      assertThat(Math.abs(product)).isCloseTo(value, within(1e-4 * value));
    }
  }

  @Test
  void isExactForAMatrixOfLowRank() {
    int[][] lists = new int[40][];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = i % 3 == 0 ? new int[] {0, 1, 1, 5} : new int[] {2, 3};
    }
    TruncatedSvd svd = TruncatedSvd.of(SparseMatrix.counts(lists, 7), 4, 7);
    double[] values = svd.singularValues();
    assertThat(values[0]).isCloseTo(Math.sqrt(14 * 6.0), within(1e-9));
    assertThat(values[1]).isCloseTo(Math.sqrt(26 * 2.0), within(1e-9));
    assertThat(values[2]).isCloseTo(0, within(1e-6));
    assertThat(svd.scaledRight()).doesNotContain(Double.NaN);
    assertThat(svd.scaledRight()[1 * 4]).isCloseTo(2 * svd.scaledRight()[0], within(1e-9));
  }

  @Test
  void isAFunctionOfItsSeed() {
    SparseMatrix counts = SparseMatrix.counts(lists(ROWS, COLUMNS, 8), COLUMNS);
    assertThat(TruncatedSvd.of(counts, 6, 3).scaledRight())
        .isEqualTo(TruncatedSvd.of(counts, 6, 3).scaledRight());
  }

  @Test
  void refusesWhatDoesNotFit() {
    SparseMatrix counts = SparseMatrix.counts(new int[][] {{0}, {1}}, 3);
    assertThatThrownBy(() -> TruncatedSvd.of(counts, 3, 1)).hasMessageContaining("rank");
    assertThatThrownBy(() -> SparseMatrix.counts(new int[][] {{3}}, 3))
        .hasMessageContaining("column must be in [0, 3): 3 in row 0");
  }

  private static int[][] lists(int rows, int columns, int length) {
    long key = CounterBasedRandom.key(5, "svd-test", 0, "lists");
    int[][] lists = new int[rows][length];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < length; k++) {
        double u = CounterBasedRandom.uniform(key, (long) i * length + k);
        lists[i][k] = (int) (columns * u * u * u);
      }
    }
    return lists;
  }

  private static RealMatrix dense(int[][] lists, int columns) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(lists.length, columns);
    for (int i = 0; i < lists.length; i++) {
      for (int a : lists[i]) {
        matrix.addToEntry(i, a, 1);
      }
    }
    return matrix;
  }
}
