package hindcast.propensity;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/** Counts in memory. */
final class HashedCounts implements ItemCounts {
  private final Map<String, double[]> counts = new HashMap<>();

  @Override
  public double get(String item) {
    double[] count = counts.get(item);
    return count == null ? 0 : count[0];
  }

  @Override
  public void set(String item, double count) {
    counts.computeIfAbsent(item, unseen -> new double[1])[0] = count;
  }

  @Override
  public void remove(String item) {
    counts.remove(item);
  }

  @Override
  public void forEach(ObjDoubleConsumer<String> entry) {
    counts.forEach((item, count) -> entry.accept(item, count[0]));
  }
}
