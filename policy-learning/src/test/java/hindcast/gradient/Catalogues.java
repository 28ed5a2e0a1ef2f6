package hindcast.gradient;

import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;

/** Catalogues of every awkward shape, and minibatches over them. */
final class Catalogues {
  static final int D = 3;
  static final int L = 6;
  static final String[] SHAPES = {
    "clustered", "equal", "normalised", "isotropic", "giant", "zeros", "duplicates"
  };

  private Catalogues() {}

  /** The shapes, two real ones more: lengths that follow popularity, and loose groups. */
  static String[] all() {
    String[] all = Arrays.copyOf(SHAPES, SHAPES.length + 2);
    all[SHAPES.length] = "popular";
    all[SHAPES.length + 1] = "loose";
    return all;
  }

  /** P items of a shape. */
  static PackedEmbeddings of(String shape, int size, int dimension) {
    float[] rows = new float[size * dimension];
    int clusters = Math.max(1, size / 50);
    for (int a = 0; a < size; a++) {
      int cluster = CounterBasedRandom.below(11, a, clusters);
      double length = Math.exp(lengthDeviation(shape) * normal(12, a));
      double square = 0;
      for (int l = 0; l < dimension; l++) {
        double noise = normal(13, (long) a * dimension + l);
        double centre = normal(14, (long) cluster * dimension + l);
        double value =
            switch (shape) {
              case "equal" -> .3;
              case "isotropic" -> noise;
              case "loose" -> .6 * centre + .8 * noise;
              default -> centre + .5 * noise;
            };
        rows[a * dimension + l] = (float) (length * value / Math.sqrt(dimension));
        square += value * value;
      }
      if (shape.equals("normalised")) {
        scale(rows, a, dimension, Math.sqrt(dimension / square));
      }
      if (shape.equals("giant") && a == size / 2) {
        scale(rows, a, dimension, 12);
      }
      if (shape.equals("zeros") && a % 3 == 0) {
        scale(rows, a, dimension, 0);
      }
      if (shape.equals("duplicates") && a % 2 == 1) {
        System.arraycopy(rows, (a / 8) * dimension, rows, a * dimension, dimension);
      }
    }
    return PackedEmbeddings.ofRows(rows, size, dimension);
  }

  private static double lengthDeviation(String shape) {
    return switch (shape) {
      case "clustered" -> .5;
      case "popular" -> 1;
      case "loose" -> .1;
      default -> 0;
    };
  }

  private static void scale(float[] rows, int a, int dimension, double factor) {
    for (int l = 0; l < dimension; l++) {
      rows[a * dimension + l] *= (float) factor;
    }
  }

  /** Random parameters. */
  static double[] theta(double deviation, int dimension) {
    double[] theta = new double[D * dimension];
    Arrays.setAll(theta, k -> deviation * normal(21, k));
    return theta;
  }

  /** Some events; repetitions differ in their keys only. */
  static MinibatchContexts minibatch(int n, int items, long repetition) {
    Context[] contexts = new Context[n];
    int[] logged = new int[n];
    int[][] support = new int[n][];
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      float[] x = new float[D];
      for (int k = 0; k < D; k++) {
        x[k] = (float) normal(31 + i, k);
      }
      contexts[i] = Context.dense(x);
      logged[i] = CounterBasedRandom.below(32, i, items);
      support[i] = i % 2 == 0 ? null : new int[] {CounterBasedRandom.below(33, i, items)};
      keys[i] = CounterBasedRandom.bits(repetition, i);
    }
    return MinibatchContexts.of(n, contexts, logged, new int[n][], support, keys);
  }

  private static double normal(long key, long draw) {
    return CounterBasedRandom.gaussian(key, draw);
  }
}
