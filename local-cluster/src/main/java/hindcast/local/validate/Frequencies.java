package hindcast.local.validate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each name occurs; of more than {@value #MOST} names the further ones only count in the
 * total. Not thread-safe.
 */
final class Frequencies {
  private static final int MOST = 100_000;

  /** A name and how often it occurs. */
  record Frequency(String name, long count) {}

  private static final class Count {
    long n;
  }

  private final Map<String, Count> counts = new HashMap<>();
  private long total;

  void add(String name) {
    total++;
    Count count = counts.get(name);
    if (count != null) {
      count.n++;
    } else if (counts.size() < MOST) {
      Count first = new Count();
      first.n = 1;
      counts.put(name, first);
    }
  }

  /** Distinct names; a lower bound where there are too many. */
  int size() {
    return counts.size();
  }

  /** Records. */
  long total() {
    return total;
  }

  /** The most frequent names first, equal ones by name. */
  List<Frequency> top(int most) {
    return counts.entrySet().stream()
        .map(entry -> new Frequency(entry.getKey(), entry.getValue().n))
        .sorted(
            Comparator.comparingLong(Frequency::count).reversed().thenComparing(Frequency::name))
        .limit(most)
        .toList();
  }
}
