package hindcast.connectors.logs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One section of a mapping file as it was written. Every key asked for is known; {@link
 * #refuseUnknown} finds the others. What is wrong is added to a list that all sections share, one
 * line each: {@code key: value: rule; way out}. Not thread-safe.
 */
final class MappingTree {
  private final String path;
  private final Map<String, Object> tree;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param path of the section, with a full stop at its end; empty for the whole file
   */
  MappingTree(String path, Map<String, Object> tree, List<String> problems) {
    this.path = path;
    this.tree = tree;
    this.problems = problems;
  }

  boolean has(String key) {
    return value(key) != null;
  }

  /** What stands at a key: a text, a list, a map, or null. */
  Object value(String key) {
    known.add(key);
    return tree.get(key);
  }

  /** A text; null where there is none. */
  String text(String key) {
    Object value = value(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    problem(key, value, "must be one value");
    return null;
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.equals("true") && !text.equals("false")) {
      problem(key, text, "must be true or false");
    }
    return text.equals("true");
  }

  /** A number; NaN where there is none. */
  double number(String key) {
    String text = text(key);
    return text == null ? Double.NaN : number(key, text);
  }

  /** The finite number of a text; NaN, and a problem, where it is none. */
  double number(String key, String text) {
    double number;
    try {
      number = DecimalText.number(text);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!Double.isFinite(number)) {
      problem(key, text, "must be a finite number");
      return Double.NaN;
    }
    return number;
  }

  /** An integer in [1, most]; 1 and a problem where it is none. */
  int count(String key, int most) {
    double number = number(key);
    if (!(number >= 1 && number <= most && number == Math.rint(number))) {
      if (!Double.isNaN(number)) {
        problem(key, tree.get(key), "must be an integer from 1 to " + most);
      }
      return 1;
    }
    return (int) number;
  }

  /** A list of texts, of one where a single text stands; empty where there is none. */
  List<String> texts(String key) {
    Object value = value(key);
    List<String> texts = new ArrayList<>();
    for (Object element : value instanceof List<?> list ? list : listOf(value)) {
      if (element instanceof String text) {
        texts.add(text);
      } else {
        problem(key, element, "must be a list of single values");
      }
    }
    return texts;
  }

  /** The elements of a list; empty where there is none. */
  List<?> list(String key) {
    Object value = value(key);
    if (value != null && !(value instanceof List)) {
      problem(key, value, "must be a list: [a, b] or lines that begin with -");
      return List.of();
    }
    return value == null ? List.of() : (List<?>) value;
  }

  /** The section at a key; null where there is none. */
  MappingTree section(String key) {
    Object value = value(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Map) {
      return below(key, value);
    }
    problem(key, value, "must be a section, with keys below or in braces");
    return null;
  }

  /** The names and values of a section whose keys are names; none are refused. */
  Map<String, Object> all() {
    known.addAll(tree.keySet());
    return tree;
  }

  /** A map in this section as a section of its own. */
  @SuppressWarnings("unchecked")
  MappingTree below(String name, Object map) {
    return new MappingTree(path + name + ".", (Map<String, Object>) map, problems);
  }

  void problem(String key, Object value, String rule) {
    problems.add(path + key + ": " + (value == null ? "nothing" : value) + ": " + rule);
  }

  void refuseUnknown() {
    for (String key : tree.keySet()) {
      if (!known.contains(key)) {
        problems.add(path + key + ": unknown; known here are " + String.join(", ", known));
      }
    }
  }

  private static List<?> listOf(Object value) {
    return value == null ? List.of() : List.of(value);
  }
}
