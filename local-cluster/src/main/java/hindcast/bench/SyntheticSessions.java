package hindcast.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Sessions over item vectors that have none: each user likes the direction of one item, and takes
 * items of a random selection with probability softmax(4 z), z the standardised inner product with
 * that direction. Items of large norm are taken more often, as popular ones are.
 */
final class SyntheticSessions {
  private static final int LENGTH = 20;
  private static final int OFFERED = 2000;
  private static final double SHARPNESS = 4;

  private SyntheticSessions() {}

  static List<Session> draw(ItemVectors items, int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5E551045L);
    List<Session> sessions = new ArrayList<>(users);
    for (int u = 0; u < users; u++) {
      sessions.add(session(items, random));
    }
    return sessions;
  }

  private static Session session(ItemVectors items, SplittableRandom random) {
    int[] offered = distinct(items.size(), Math.min(OFFERED, items.size()), random);
    float[] taste = items.mean(new int[] {random.nextInt(items.size())});
    double[] scores = new double[offered.length];
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < offered.length; k++) {
      scores[k] = items.dot(taste, offered[k]);
      sum += scores[k];
      squares += scores[k] * scores[k];
    }
    double mean = sum / offered.length;
    double deviation = Math.sqrt(Math.max(1e-30, squares / offered.length - mean * mean));
    for (int k = 0; k < offered.length; k++) {
      double gumbel = -Math.log(-Math.log(1 - random.nextDouble()));
      scores[k] = SHARPNESS * (scores[k] - mean) / deviation + gumbel;
    }
    return Session.halves(largest(offered, scores, Math.min(LENGTH, offered.length)));
  }

  private static int[] distinct(int size, int count, SplittableRandom random) {
    int[] distinct = new int[count];
    if (count == size) {
      java.util.Arrays.setAll(distinct, k -> k);
      return distinct;
    }
    Set<Integer> seen = new HashSet<>();
    for (int k = 0; k < count; ) {
      int item = random.nextInt(size);
      if (seen.add(item)) {
        distinct[k++] = item;
      }
    }
    return distinct;
  }

  private static int[] largest(int[] items, double[] scores, int count) {
    int[] largest = new int[count];
    for (int k = 0; k < count; k++) {
      int best = 0;
      for (int j = 1; j < scores.length; j++) {
        best = scores[j] > scores[best] ? j : best;
      }
      largest[k] = items[best];
      scores[best] = Double.NEGATIVE_INFINITY;
    }
    return largest;
  }
}
