package hindcast.objective;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads an objective's parameters: each is named, has a range, and none is left over. */
final class Parameters {
  private final String objective;
  private final Map<String, Double> given;
  private final Set<String> known = new TreeSet<>();

  Parameters(String objective, Map<String, Double> given) {
    this.objective = objective;
    this.given = new TreeMap<>(given);
  }

  /** A number above 0. */
  double positive(String name, double otherwise) {
    double value = any(name, otherwise);
    return require(value > 0, name, value, "above 0");
  }

  /** A number of at least 0. */
  double atLeastZero(String name, double otherwise) {
    double value = any(name, otherwise);
    return require(value >= 0, name, value, "at least 0");
  }

  /** A number in [0, 1]. */
  double share(String name, double otherwise) {
    double value = any(name, otherwise);
    return require(value >= 0 && value <= 1, name, value, "in [0, 1]");
  }

  /** A whole number of at least 1. */
  int whole(String name, int otherwise) {
    double value = any(name, otherwise);
    require(value >= 1 && value == Math.rint(value) && value <= 1e9, name, value, "whole, above 0");
    return (int) value;
  }

  /** A whole number of at least 0. */
  int wholeOrZero(String name, int otherwise) {
    double value = any(name, otherwise);
    require(
        value >= 0 && value == Math.rint(value) && value <= 1e9,
        name,
        value,
        "whole, not negative");
    return (int) value;
  }

  /** Any number. */
  double any(String name, double otherwise) {
    known.add(name);
    double value = given.getOrDefault(name, otherwise);
    return require(!Double.isNaN(value), name, value, "a number");
  }

  /** Refuses names nobody asked for. */
  Objective done(Objective made) {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          objective + " takes " + (known.isEmpty() ? "no parameters" : known) + ": " + unknown);
    }
    return made;
  }

  private double require(boolean holds, String name, double value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(objective + " needs " + name + " " + rule + ": " + value);
    }
    return value;
  }
}
