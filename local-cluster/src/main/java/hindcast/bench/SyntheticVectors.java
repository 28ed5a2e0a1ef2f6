package hindcast.bench;

import java.util.SplittableRandom;

/**
 * Made-up item vectors, functions of their seed.
 *
 * <ul>
 *   <li>clustered: β = n (√.75 c + √.25 ε), centre c and noise ε of norm about 1, one centre for
 *       about 100 items, norm n log-normal (σ = .5)
 *   <li>isotropic: β Gaussian, no structure at all
 *   <li>copies: a row of real vectors drawn at random, plus noise of a third of its norm; norms
 *       follow those of the real ones
 * </ul>
 */
final class SyntheticVectors {
  private static final int ITEMS_A_CENTRE = 100;
  private static final double NORM_DEVIATION = 0.5;
  private static final double CENTRE_SHARE = 0.75;
  private static final double COPY_NOISE = 1.0 / 3;

  private SyntheticVectors() {}

  static ItemVectors clustered(int size, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = Math.max(2, size / ITEMS_A_CENTRE);
    float[] centres = gaussian(count, dimension, random);
    float[] rows = gaussian(size, dimension, random);
    for (int a = 0; a < size; a++) {
      int centre = random.nextInt(count) * dimension;
      double norm = Math.exp(NORM_DEVIATION * random.nextGaussian());
      for (int l = 0; l < dimension; l++) {
        double mixed =
            Math.sqrt(CENTRE_SHARE) * centres[centre + l]
                + Math.sqrt(1 - CENTRE_SHARE) * rows[a * dimension + l];
        rows[a * dimension + l] = (float) (norm * mixed);
      }
    }
    return new ItemVectors("clustered", rows, size, dimension);
  }

  static ItemVectors isotropic(int size, int dimension, long seed) {
    float[] rows = gaussian(size, dimension, new SplittableRandom(seed));
    return new ItemVectors("isotropic", rows, size, dimension);
  }

  static ItemVectors copies(ItemVectors real, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int dimension = real.dimension();
    float[] rows = gaussian(size, dimension, random);
    for (int a = 0; a < size; a++) {
      int original = random.nextInt(real.size());
      double noise = COPY_NOISE * real.norm(original);
      for (int l = 0; l < dimension; l++) {
        rows[a * dimension + l] =
            (float) (real.rows()[original * dimension + l] + noise * rows[a * dimension + l]);
      }
    }
    return new ItemVectors(real.name() + " copies", rows, size, dimension);
  }

  /** Rows whose expected squared norm is 1. */
  private static float[] gaussian(int size, int dimension, SplittableRandom random) {
    float[] rows = new float[Math.multiplyExact(size, dimension)];
    double deviation = 1 / Math.sqrt(dimension);
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) (deviation * random.nextGaussian());
    }
    return rows;
  }
}
