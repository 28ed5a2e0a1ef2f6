package hindcast.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An optimiser in words: its name, then {@code key=value} pairs, separated by blanks. {@code adam},
 * {@code sgd clip=5}, {@code momentum momentum=0.9 schedule=inverse-sqrt:1000}.
 *
 * <ul>
 *   <li>{@code sgd}; {@code momentum}: momentum (0.9); {@code adagrad}: epsilon (1e-8); {@code
 *       adam}: beta1 (0.9), beta2 (0.999), epsilon (1e-8)
 *   <li>every one: {@code clip}, the largest gradient norm (none); {@code schedule} (constant)
 * </ul>
 *
 * @param name of the method
 * @param numbers its parameters
 * @param clip largest norm of a gradient; longer ones are scaled down to it; above 0
 * @param schedule of the learning rate
 */
public record OptimizerSettings(
    String name, Map<String, Double> numbers, double clip, Schedule schedule) {

  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "sgd", Set.of(),
          "momentum", Set.of("momentum"),
          "adagrad", Set.of("epsilon"),
          "adam", Set.of("beta1", "beta2", "epsilon"));

  public OptimizerSettings {
    numbers = Map.copyOf(numbers);
    if (!KNOWN.containsKey(name)) {
      throw new IllegalArgumentException(
          "optimizer must be one of " + new TreeSet<>(KNOWN.keySet()) + ": " + name);
    }
    Set<String> unknown = new TreeSet<>(numbers.keySet());
    unknown.removeAll(KNOWN.get(name));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("optimizer " + name + " does not take " + unknown);
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException("clip must be above 0: " + clip);
    }
  }

  /** Reads the text form. */
  public static OptimizerSettings parse(String text) {
    String[] words = text.trim().split("\\s+");
    Map<String, Double> numbers = new LinkedHashMap<>();
    double clip = Double.POSITIVE_INFINITY;
    Schedule schedule = Schedule.CONSTANT;
    for (int k = 1; k < words.length; k++) {
      int equals = words[k].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("optimizer needs key=value after its name: " + text);
      }
      String key = words[k].substring(0, equals);
      String value = words[k].substring(equals + 1);
      switch (key) {
        case "clip" -> clip = Double.parseDouble(value);
        case "schedule" -> schedule = Schedule.parse(value);
        default -> numbers.put(key, Double.parseDouble(value));
      }
    }
    return new OptimizerSettings(words[0], numbers, clip, schedule);
  }

  /** A fresh optimiser for a number of parameters. */
  public Optimizer create(int parameters) {
    return switch (name) {
      case "sgd" -> new Sgd();
      case "momentum" -> new Momentum(number("momentum", 0.9), parameters);
      case "adagrad" -> new AdaGrad(number("epsilon", 1e-8), parameters);
      default ->
          new Adam(
              number("beta1", 0.9), number("beta2", 0.999), number("epsilon", 1e-8), parameters);
    };
  }

  private double number(String key, double otherwise) {
    return numbers.getOrDefault(key, otherwise);
  }
}
