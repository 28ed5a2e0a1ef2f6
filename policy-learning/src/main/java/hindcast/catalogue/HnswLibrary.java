package hindcast.catalogue;

import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToIntFunction;
import org.eclipse.collections.api.list.primitive.MutableIntList;

/**
 * What hnswlib has no method for: a graph of one layer, and the links of a finished graph. Both are
 * read from the library's fields; another version of it with other fields is an {@link
 * IllegalStateException} when an index is built.
 */
final class HnswLibrary {
  private HnswLibrary() {}

  /** Lets every node be drawn into layer 0 only. */
  static void useOneLayer(HnswIndex<?, ?, ?, ?> library) {
    try {
      field(library.getClass(), "levelLambda").setDouble(library, 0);
    } catch (IllegalAccessException e) {
      throw otherLayout(e);
    }
  }

  /**
   * The links of a finished graph.
   *
   * @param nodes how many nodes it has
   * @param number from one of its items to the number of a node
   */
  static HnswGraph links(HnswIndex<?, ?, ?, ?> library, int nodes, ToIntFunction<Object> number) {
    try {
      AtomicReferenceArray<?> stored =
          (AtomicReferenceArray<?>) field(library.getClass(), "nodes").get(library);
      Object entry = field(library.getClass(), "entryPoint").get(library);
      Class<?> type = entry.getClass();
      Field item = field(type, "item");
      Field connections = field(type, "connections");
      int[] numbers = new int[nodes];
      MutableIntList[][] lists = new MutableIntList[nodes][];
      for (int id = 0; id < nodes; id++) {
        numbers[id] = number.applyAsInt(item.get(stored.get(id)));
        lists[numbers[id]] = (MutableIntList[]) connections.get(stored.get(id));
      }
      return flat(number.applyAsInt(item.get(entry)), lists, numbers);
    } catch (IllegalAccessException | ClassCastException e) {
      throw otherLayout(e);
    }
  }

  private static HnswGraph flat(int entry, MutableIntList[][] lists, int[] numbers) {
    int layers = lists[entry].length;
    int[][] starts = new int[layers][lists.length + 1];
    int[][] links = new int[layers][];
    for (int layer = 0; layer < layers; layer++) {
      for (int node = 0; node < lists.length; node++) {
        int size = layer < lists[node].length ? lists[node][layer].size() : 0;
        starts[layer][node + 1] = Math.addExact(starts[layer][node], size);
      }
      links[layer] = new int[starts[layer][lists.length]];
      for (int node = 0; node < lists.length; node++) {
        for (int j = starts[layer][node]; j < starts[layer][node + 1]; j++) {
          links[layer][j] = numbers[lists[node][layer].get(j - starts[layer][node])];
        }
      }
    }
    return new HnswGraph(entry, starts, links);
  }

  private static Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw otherLayout(e);
    }
  }

  private static IllegalStateException otherLayout(Exception cause) {
    return new IllegalStateException("this version of hnswlib has another layout", cause);
  }
}
