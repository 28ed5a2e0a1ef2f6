package hindcast.gradient;

/** A number for every item of a catalogue, such as the prediction q(x, a) of a reward model. */
@FunctionalInterface
public interface ItemFunction {
  /** The value at an item's index. */
  double at(int item);

  /**
   * The items outside of which the function is 0: indexes, all different; null for unknown. Sampled
   * gradients count a known support exactly.
   */
  default int[] support() {
    return null;
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
}
