package hindcast.propensity;

import java.util.function.ObjDoubleConsumer;

/** Counts by item, wherever they are kept; an item without entry counts 0. */
public interface ItemCounts {
  /** The count of an item, 0 where there is none. */
  double get(String item);

  /** Sets the count of an item. */
  void set(String item, double count);

  /** Takes the entry of an item away. */
  void remove(String item);

  /** Hands over every entry, in any order; none may be set or removed meanwhile. */
  void forEach(ObjDoubleConsumer<String> entry);
}
