package hindcast.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Named numbers, in the order in which they are given; infinities become the largest number. */
final class Evidence {
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  static Evidence of(String name, double value) {
    return new Evidence().and(name, value);
  }

  static Evidence of(String name, long count) {
    return of(name, (double) count);
  }

  Evidence and(String name, double value) {
    numbers.put(name, Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)));
    return this;
  }

  Evidence and(String name, long count) {
    return and(name, (double) count);
  }

  Map<String, Double> numbers() {
    return numbers;
  }
}
