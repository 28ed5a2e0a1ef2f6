package hindcast.bench;

import hindcast.feedback.Context;
import hindcast.gradient.MinibatchContexts;
import hindcast.numeric.CounterBasedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A minibatch of sessions.
 *
 * @param contexts x, mean vectors of the observed items
 * @param logged one held item each, at random
 * @param held every held item, increasing
 */
record SessionBatch(Context[] contexts, int[] logged, int[][] held) {

  /** Some minibatches of sessions drawn without replacement, and with it once all have been. */
  static List<SessionBatch> draw(
      ItemVectors items, List<Session> sessions, int batches, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0xBA7C4L);
    List<SessionBatch> drawn = new ArrayList<>(batches);
    int[] order = new int[sessions.size()];
    int next = order.length;
    for (int b = 0; b < batches; b++) {
      Session[] chosen = new Session[size];
      for (int i = 0; i < size; i++) {
        if (next == order.length) {
          shuffle(order, random);
          next = 0;
        }
        chosen[i] = sessions.get(order[next++]);
      }
      drawn.add(of(items, chosen, random));
    }
    return drawn;
  }

  /** One minibatch of all these sessions. */
  static SessionBatch of(ItemVectors items, List<Session> sessions, long seed) {
    return of(items, sessions.toArray(Session[]::new), new SplittableRandom(seed));
  }

  private static SessionBatch of(ItemVectors items, Session[] sessions, SplittableRandom random) {
    int n = sessions.length;
    Context[] contexts = new Context[n];
    int[] logged = new int[n];
    int[][] held = new int[n][];
    for (int i = 0; i < n; i++) {
      contexts[i] = Context.dense(items.mean(sessions[i].observed()));
      held[i] = sessions[i].held().clone();
      logged[i] = held[i][random.nextInt(held[i].length)];
      Arrays.sort(held[i]);
    }
    return new SessionBatch(contexts, logged, held);
  }

  int size() {
    return contexts.length;
  }

  /**
   * The minibatch as a gradient takes it.
   *
   * @param supported whether it is told where the reward is not 0
   * @param key of the draws
   */
  MinibatchContexts events(boolean supported, long key) {
    long[] keys = new long[size()];
    Arrays.setAll(keys, i -> CounterBasedRandom.bits(key, i));
    return MinibatchContexts.of(
        size(), contexts, logged, new int[size()][], supported ? held : new int[size()][], keys);
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    Arrays.setAll(order, i -> i);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
