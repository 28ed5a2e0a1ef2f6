package hindcast.bench;

import java.util.SplittableRandom;

/**
 * A reward for every item: 1 / (1 + e^(−z − ε)), z the item's standardised inner product with a
 * random direction and ε standard normal.
 */
final class DenseReward {
  private DenseReward() {}

  static float[] of(ItemVectors items, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0xDE05EL);
    float[] direction = new float[items.dimension()];
    for (int l = 0; l < direction.length; l++) {
      direction[l] = (float) random.nextGaussian();
    }
    double[] scores = new double[items.size()];
    double sum = 0;
    double squares = 0;
    for (int a = 0; a < scores.length; a++) {
      scores[a] = items.dot(direction, a);
      sum += scores[a];
      squares += scores[a] * scores[a];
    }
    double mean = sum / scores.length;
    double deviation = Math.sqrt(Math.max(1e-30, squares / scores.length - mean * mean));
    float[] rewards = new float[scores.length];
    for (int a = 0; a < scores.length; a++) {
      double logit = (scores[a] - mean) / deviation + random.nextGaussian();
      rewards[a] = (float) (1 / (1 + Math.exp(-logit)));
    }
    return rewards;
  }
}
