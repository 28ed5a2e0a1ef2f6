package hindcast.jobs.config;

import hindcast.objective.ObjectiveMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A learned policy with several values of some of its keys, spread out into one policy for each
 * combination; the last key changes fastest. A key is one of {@code learning.policies} with a
 * single value, {@code objective-parameters.NAME} or {@code gradient-parameters.NAME}; any other
 * name is a parameter of the objective.
 *
 * <p>The id of a combination is the policy's, and for each key a dash, its short name and the value
 * as it is written: {@code clpi-lr0.01-tau0.05}.
 */
final class CandidateGrid {

  /** Combinations of one grid at most. */
  static final int LARGEST = 256;

  private static final String OBJECTIVE_PARAMETERS = "objective-parameters";
  private static final String GRADIENT_PARAMETERS = "gradient-parameters";

  /** Keys whose name in an id is not their own; a value behind a digit or nothing needs a dash. */
  private static final Map<String, String> SHORT =
      Map.of(
          "learning-rate", "lr",
          "minibatch", "mb",
          "l2", "l2-",
          "checkpoint-every", "every",
          "objective", "",
          "gradient", "",
          "optimizer", "",
          "initialisation", "");

  private final Map<String, Object> policy;
  private final String path;
  private final Problems problems;

  CandidateGrid(Map<String, Object> policy, String path, Problems problems) {
    this.policy = policy;
    this.path = path;
    this.problems = problems;
  }

  /** The combinations as trees; none if something is wrong, then the problems say what. */
  List<Map<String, Object>> spread(Object grid) {
    String place = path + ".grid";
    if (!(grid instanceof Map<?, ?> axes) || axes.isEmpty()) {
      problems.add(place, grid, "must be a mapping: write learning-rate: [0.01, 0.1] below it");
      return List.of();
    }
    List<Map<String, Object>> all = new ArrayList<>(List.of(policy));
    boolean whole = true;
    for (Map.Entry<?, ?> axis : axes.entrySet()) {
      String key = axis.getKey().toString();
      String target = target(key, place + "." + key);
      List<?> values = values(axis.getValue(), place + "." + key);
      whole &= target != null && values != null;
      if (whole && (long) all.size() * values.size() > LARGEST) {
        problems.add(
            place,
            "has more than " + LARGEST + " combinations: leave out values, or make two files");
        return List.of();
      }
      all = whole ? times(all, target, values) : all;
    }
    return whole ? all : List.of();
  }

  private static List<Map<String, Object>> times(
      List<Map<String, Object>> all, String target, List<?> values) {
    List<Map<String, Object>> product = new ArrayList<>();
    for (Map<String, Object> one : all) {
      for (Object value : values) {
        Map<String, Object> other = new LinkedHashMap<>(one);
        put(other, target, value);
        other.put("id", one.get("id") + "-" + shortName(target) + asId(value.toString()));
        product.add(other);
      }
    }
    return product;
  }

  private static void put(Map<String, Object> policy, String target, Object value) {
    int dot = target.indexOf('.');
    if (dot < 0) {
      policy.put(target, value);
      return;
    }
    String mapping = target.substring(0, dot);
    Map<Object, Object> parameters = new LinkedHashMap<>();
    if (policy.get(mapping) instanceof Map<?, ?> given) {
      parameters.putAll(given);
    }
    parameters.put(target.substring(dot + 1), value);
    policy.put(mapping, parameters);
  }

  private static String shortName(String target) {
    String name = target.substring(target.indexOf('.') + 1);
    String shortName = SHORT.getOrDefault(name, name);
    return shortName.matches(".*\\d") ? shortName + "-" : shortName;
  }

  private static String asId(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private List<?> values(Object node, String place) {
    if (!(node instanceof List<?> values)
        || values.isEmpty()
        || !values.stream().allMatch(String.class::isInstance)) {
      problems.add(place, node, "must be a list of single values: write [a, b]");
      return null;
    }
    return values;
  }

  /**
   * The key of the policy, or {@code mapping.name}, that an axis is over; null if there is none.
   */
  private String target(String key, String place) {
    if (key.startsWith(OBJECTIVE_PARAMETERS + ".") || key.startsWith(GRADIENT_PARAMETERS + ".")) {
      return key;
    }
    List<ConfigKey> keys = ConfigKey.of(LearningPolicyConfig.class);
    for (ConfigKey known : keys) {
      if (known.name().equals(key)) {
        if (!known.isList() && !known.isMapping() && !known.isRequired()) {
          return key;
        }
        problems.add(
            place, key, "has no values to go through: write it beside grid, it holds for all");
        return null;
      }
    }
    if (isParameter(key)) {
      return OBJECTIVE_PARAMETERS + "." + key;
    }
    problems.add(
        place,
        key,
        "unknown key, nor a parameter of the objective: known are "
            + String.join(
                ", ",
                keys.stream()
                    .filter(known -> !known.isList() && !known.isRequired())
                    .map(known -> known.isMapping() ? known.name() + ".NAME" : known.name())
                    .toList()));
    return null;
  }

  /** Whether some objective that the policy may have takes a parameter of this name. */
  private static boolean isParameter(String name) {
    for (ObjectiveMethod method : ObjectiveMethod.values()) {
      if (method.defaults().parameters().containsKey(name)) {
        return true;
      }
    }
    return false;
  }
}
