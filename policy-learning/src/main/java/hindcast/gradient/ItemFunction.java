package hindcast.gradient;

/** A number for every item of a catalogue, such as the prediction q(x, a) of a reward model. */
@FunctionalInterface
public interface ItemFunction {
  /** The value at an item's index. */
  double at(int item);
}
