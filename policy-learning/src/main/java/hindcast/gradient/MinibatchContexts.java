package hindcast.gradient;

import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;

/**
 * The events of a minibatch as a gradient sees them, in arrays that may be longer than the
 * minibatch; what lies at and after {@code size} is not read. Arrays are taken over, not copied.
 *
 * @param size n, at least 0
 * @param contexts x
 * @param items index of the logged item
 * @param eligible item indexes, increasing; null for the whole catalogue
 * @param support items outside of which an event's reward is 0, all different; null for unknown
 * @param keys key of an event's own random numbers
 * @param key key of the random numbers the minibatch shares
 */
public record MinibatchContexts(
    int size,
    Context[] contexts,
    int[] items,
    int[][] eligible,
    int[][] support,
    long[] keys,
    long key) {

  public MinibatchContexts {
    if (size < 0
        || contexts.length < size
        || items.length < size
        || eligible.length < size
        || support.length < size
        || keys.length < size) {
      throw new IllegalArgumentException("every array must hold the minibatch: " + size);
    }
  }

  /** A minibatch whose shared key is made of the keys of its events, in their order. */
  public static MinibatchContexts of(
      int size, Context[] contexts, int[] items, int[][] eligible, int[][] support, long[] keys) {
    long key = size;
    for (int i = 0; i < size; i++) {
      key = CounterBasedRandom.bits(key ^ keys[i], i);
    }
    return new MinibatchContexts(size, contexts, items, eligible, support, keys, key);
  }

  /** A minibatch of one event. */
  public static MinibatchContexts single(Context context, int item, int[] eligible, long key) {
    return of(
        1,
        new Context[] {context},
        new int[] {item},
        new int[][] {eligible},
        new int[1][],
        new long[] {key});
  }
}
