package hindcast.gradient;

/** A number for every item of a catalogue, such as the prediction q(x, a) of a reward model. */
@FunctionalInterface
public interface ItemFunction {
  /** The value at an item's index. */
  double at(int item);

  /** Writes the values at {@code items[from]} and the next ones to {@code out[0]} and on. */
  default void at(int[] items, int from, int count, double[] out) {
    for (int k = 0; k < count; k++) {
      out[k] = at(items[from + k]);
    }
  }

  /**
   * The items outside of which the function is 0: indexes, all different; null for unknown. Sampled
   * gradients count a known support exactly.
   */
  default int[] support() {
    return null;
  }

  /**
   * Whether this very object is asked of the events of a minibatch: one without a support is then
   * summed for all of them at once, not event by event.
   */
  default boolean isShared() {
    return false;
  }

  /** A function that is 0 outside of a few items. */
  static ItemFunction within(int[] support, ItemFunction q) {
    return new ItemFunction() {
      @Override
      public double at(int item) {
        return q.at(item);
      }

      @Override
      public int[] support() {
        return support;
      }
    };
  }

  /** A function of the item alone, by index, that every event has in common; read, not copied. */
  static ItemFunction shared(float[] values) {
    return new ItemFunction() {
      @Override
      public double at(int item) {
        return values[item];
      }

      @Override
      public void at(int[] items, int from, int count, double[] out) {
        for (int k = 0; k < count; k++) {
          out[k] = values[items[from + k]];
        }
      }

      @Override
      public boolean isShared() {
        return true;
      }
    };
  }
}
