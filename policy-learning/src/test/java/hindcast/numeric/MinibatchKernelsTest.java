package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each family of kernels against sums in double precision. */
class MinibatchKernelsTest {

  static Stream<MinibatchKernels> families() {
    return Stream.of(new ScalarKernels(), MinibatchKernels.fastest());
  }

  /** Families, blocks and dimensions, among them such as no register divides. */
  static Stream<Arguments> shapes() {
    int[][] shapes = {{1, 1}, {1, 7}, {2, 8}, {3, 64}, {9, 33}, {20, 5}};
    return families().flatMap(k -> Arrays.stream(shapes).map(s -> Arguments.of(k, s[0], s[1])));
  }

  static float[] gaussian(int count, long key) {
    float[] numbers = new float[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = (float) CounterBasedRandom.gaussian(key, k);
    }
    return numbers;
  }

  private static float component(float[] packed, int dimension, int item, int l) {
    return packed[(item / BLOCK * dimension + l) * BLOCK + item % BLOCK];
  }

  private static float[] context(float[] lanes, int dimension, int i) {
    float[] h = new float[dimension];
    for (int l = 0; l < dimension; l++) {
      h[l] = lanes[l * LANES + i];
    }
    return h;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void scoresAreInnerProductsWithTheSameBitsHoweverComputed(
      MinibatchKernels kernels, int blocks, int dimension) {
    float[] packed = gaussian(blocks * BLOCK * dimension, 1);
    float[] lanes = gaussian(LANES * dimension, 2);
    int items = blocks * BLOCK;
    float[] f = new float[5 + items * LANES];
    kernels.scores(packed, dimension, 0, blocks, lanes, f, 5);
    float[] one = new float[LANES];
    float[] all = new float[3 + items];
    for (int i = 0; i < LANES; i++) {
      float[] h = context(lanes, dimension, i);
      kernels.scoresOfOne(packed, dimension, 0, blocks, h, all, 3);
      for (int item = 0; item < items; item++) {
        double want = 0;
        double size = 0;
        for (int l = 0; l < dimension; l++) {
          double term = (double) component(packed, dimension, item, l) * h[l];
          want += term;
          size += Math.abs(term);
        }
        float score = f[5 + item * LANES + i];
        kernels.scoreItem(packed, dimension, item, lanes, one, 0);
        if (Math.abs(score - want) > 1e-6 * size
            || kernels.score(packed, dimension, item, h) != score
            || all[3 + item] != score
            || one[i] != score) {
          fail("item %d, context %d: %s, wanted %s".formatted(item, i, score, want));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void scoresOfLaterBlocksBeginWhereTheyAreWanted(MinibatchKernels kernels) {
    int dimension = 12;
    float[] packed = gaussian(6 * BLOCK * dimension, 1);
    float[] lanes = gaussian(LANES * dimension, 2);
    float[] all = new float[6 * BLOCK * LANES];
    kernels.scores(packed, dimension, 0, 6, lanes, all, 0);
    float[] some = new float[2 * BLOCK * LANES + 7];
    kernels.scores(packed, dimension, 3, 5, lanes, some, 7);
    assertThat(Arrays.copyOfRange(some, 7, some.length))
        .isEqualTo(Arrays.copyOfRange(all, 3 * BLOCK * LANES, 5 * BLOCK * LANES));
  }

  @ParameterizedTest
  @MethodSource("families")
  void dotProductsOfAnyLength(MinibatchKernels kernels) {
    float[] u = gaussian(200, 3);
    float[] v = gaussian(200, 4);
    for (int length = 0; length < 150; length++) {
      double want = 0;
      for (int k = 0; k < length; k++) {
        want += (double) u[7 + k] * v[3 + k];
      }
      assertThat((double) kernels.dot(u, 7, v, 3, length)).isCloseTo(want, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void exponentialsAgreeWithTheLibrary(MinibatchKernels kernels) {
    int items = 1501;
    float[] f = new float[items * LANES];
    float[] shift = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      shift[i] = 3 * i;
      for (int item = 0; item < items; item++) {
        f[item * LANES + i] = shift[i] - item / 30f;
      }
    }
    float[] out = new float[f.length];
    double[] sums = new double[LANES];
    kernels.exponentials(f, 0, items, shift, out, sums);
    for (int i = 0; i < LANES; i++) {
      double sum = 0;
      double worst = 0;
      for (int item = 0; item < items; item++) {
        double want = Math.exp((double) f[item * LANES + i] - shift[i]);
        sum += want;
        double error = Math.abs(out[item * LANES + i] - want);
        worst = Math.max(worst, error / (want + 1e7 * Math.exp(-50)));
      }
      assertThat(worst).isLessThan(3e-7);
      assertThat(sums[i]).isCloseTo(sum, within(1e-6 * sum));
    }
    kernels.exponentials(f, 0, items, shift, f, new double[LANES]);
    assertThat(f).isEqualTo(out);
  }

  @ParameterizedTest
  @MethodSource("families")
  void exponentialsOfOneContextAreThoseOfTheMinibatch(MinibatchKernels kernels) {
    int items = 333;
    float[] f = new float[items * LANES];
    float[] column = new float[items + 2];
    for (int item = 0; item < items; item++) {
      Arrays.fill(f, item * LANES, (item + 1) * LANES, -item / 5f);
      column[2 + item] = -item / 5f;
    }
    double[] sums = new double[LANES];
    kernels.exponentials(f, 0, items, new float[LANES], f, sums);
    double sum = kernels.exponentialsOfOne(column, 2, items, 0, column);
    assertThat(sum).isCloseTo(sums[0], within(1e-6 * sum));
    for (int item = 0; item < items; item++) {
      assertThat(column[2 + item]).isEqualTo(f[item * LANES]);
    }
  }

  /** What lies far below weighs nothing, and costs no denormal arithmetic. */
  @ParameterizedTest
  @MethodSource("families")
  void peakedScoresGiveNoDenormalNumber(MinibatchKernels kernels) {
    int items = 1000;
    float[] f = new float[items * LANES];
    float[] shift = new float[LANES];
    for (int item = 0; item < items; item++) {
      for (int i = 0; i < LANES; i++) {
        f[item * LANES + i] = item == 17 ? 20_000 : 19_950.5f - 0.1f * item * (i + 1);
      }
    }
    f[18 * LANES] = Float.NEGATIVE_INFINITY;
    f[19 * LANES] = -Float.MAX_VALUE;
    f[20 * LANES] = -1e30f;
    Arrays.fill(shift, 20_000);
    double[] sums = new double[LANES];
    kernels.exponentials(f, 0, items, shift, f, sums);
    for (float weight : f) {
      if (weight != 0 && weight < Float.MIN_NORMAL) {
        fail("denormal weight: " + weight);
      }
    }
    assertThat(f[18 * LANES]).isZero();
    assertThat(f[19 * LANES]).isZero();
    assertThat(f[20 * LANES]).isZero();
    for (double sum : sums) {
      assertThat(sum).isCloseTo(1, within(1e-15));
    }
    int dimension = 5;
    float[] g = new float[dimension * LANES];
    float[] packed = gaussian((items + 8) / BLOCK * BLOCK * dimension, 5);
    kernels.weightedSum(packed, dimension, 0, items / BLOCK, f, 0, g);
    for (int l = 0; l < dimension; l++) {
      assertThat(g[l * LANES + 3]).isEqualTo(component(packed, dimension, 17, l));
    }
  }

  /**
   * Only terms in the block of the large one can be rounded away; a running sum rounds every one.
   */
  @ParameterizedTest
  @MethodSource("families")
  void peakedSumsKeepTheirTail(MinibatchKernels kernels) {
    int items = 100_000;
    float[] f = new float[items * LANES];
    Arrays.fill(f, -17.5f);
    Arrays.fill(f, 0, LANES, 0);
    double[] sums = new double[LANES];
    kernels.exponentials(f, 0, items, new float[LANES], f, sums);
    double want = 1 + (items - 1) * Math.exp(-17.5);
    assertThat(sums[5]).isCloseTo(want, within(BlockwiseSum.LENGTH * Math.exp(-17.5)));
    float running = 0;
    for (int item = 0; item < items; item++) {
      running += f[item * LANES];
    }
    assertThat(Math.abs(running - want)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weightedSumsAddToWhatIsThere(MinibatchKernels kernels, int blocks, int dimension) {
    float[] packed = gaussian(blocks * BLOCK * dimension, 6);
    float[] weights = gaussian(4 + blocks * BLOCK * LANES, 7);
    int from = blocks / 2;
    float[] g = new float[dimension * LANES];
    Arrays.fill(g, 1);
    kernels.weightedSum(packed, dimension, from, blocks, weights, 4, g);
    for (int i = 0; i < LANES; i++) {
      float[] column = new float[(blocks - from) * BLOCK];
      for (int k = 0; k < column.length; k++) {
        column[k] = weights[4 + k * LANES + i];
      }
      double[] one = new double[dimension];
      kernels.weightedSumOfOne(packed, dimension, from, blocks, column, 0, one);
      float[] aside = new float[dimension * BLOCK];
      kernels.weightedSumAside(packed, dimension, from, blocks, column, 0, aside);
      for (int l = 0; l < dimension; l++) {
        double want = 0;
        for (int k = 0; k < column.length; k++) {
          want += (double) column[k] * component(packed, dimension, from * BLOCK + k, l);
        }
        assertThat((double) g[l * LANES + i]).isCloseTo(1 + want, within(5e-5));
        assertThat(one[l]).isCloseTo(want, within(5e-5));
        double sum = 0;
        for (int j = 0; j < BLOCK; j++) {
          sum += aside[l * BLOCK + j];
        }
        assertThat(sum).isCloseTo(want, within(5e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void weightsAreMultipliedByTheValuesOfTheirItems(MinibatchKernels kernels) {
    for (int items : new int[] {1, 15, 128, 301}) {
      float[] f = gaussian(3 + items * LANES, 11);
      float[] values = gaussian(items, 12);
      float[] offset = gaussian(LANES, 13);
      float[] scaled = f.clone();
      double[] sums = new double[LANES];
      Arrays.fill(sums, 2);
      kernels.scale(scaled, 3, items, values, offset, sums);
      for (int i = 0; i < LANES; i++) {
        double want = 2;
        for (int item = 0; item < items; item++) {
          int at = 3 + item * LANES + i;
          assertThat(scaled[at]).isEqualTo(f[at] * (values[item] - offset[i]));
          want += scaled[at];
        }
        assertThat(sums[i]).isCloseTo(want, within(2e-5));
      }
      float[] one = f.clone();
      double want = 0;
      double sum = kernels.scaleOfOne(one, 3, items, values);
      for (int k = 0; k < items; k++) {
        assertThat(one[3 + k]).isEqualTo(f[3 + k] * values[k]);
        want += one[3 + k];
      }
      assertThat(sum).isCloseTo(want, within(2e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void maximaIncludeWhatIsThere(MinibatchKernels kernels) {
    float[] f = gaussian(3 + 50 * LANES, 8);
    float[] max = new float[LANES];
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    max[4] = 100;
    kernels.maxima(f, 3, 50, max);
    for (int i = 0; i < LANES; i++) {
      float want = i == 4 ? 100 : Float.NEGATIVE_INFINITY;
      for (int item = 0; item < 50; item++) {
        want = Math.max(want, f[3 + item * LANES + i]);
      }
      assertThat(max[i]).isEqualTo(want);
    }
  }
}
