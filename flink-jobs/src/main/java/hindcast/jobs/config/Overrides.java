package hindcast.jobs.config;

import hindcast.connectors.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts {@code --set key=value} into a tree. A number in the key is the place in a list: the next
 * free one appends. A value that begins with [ or { is YAML, any other is a single text.
 */
final class Overrides {
  private final Map<String, Object> tree;
  private final Problems problems;

  Overrides(Map<String, Object> tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void apply(String path, String text) {
    Object value = text;
    if (text.startsWith("[") || text.startsWith("{")) {
      try {
        value = text.equals(Secrets.REDACTED) ? text : YamlText.read(text);
      } catch (IllegalArgumentException e) {
        problems.add(path, text, e.getMessage());
        return;
      }
    }
    section(PipelineConfig.class, tree, List.of(path.split("\\.", -1)), 0, value);
  }

  private void section(
      Class<?> type, Map<String, Object> section, List<String> path, int depth, Object value) {
    String name = path.get(depth);
    ConfigKey key =
        ConfigKey.of(type).stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElse(null);
    boolean last = depth == path.size() - 1;
    if (last || key == null) {
      // An unknown key is refused where its whole section is checked.
      section.put(key == null ? String.join(".", path.subList(depth, path.size())) : name, value);
    } else if (key.isSection()) {
      section(key.component().getType(), mapping(section, name), path, depth + 1, value);
    } else if (key.isMapping()) {
      mapping(section, name).put(String.join(".", path.subList(depth + 1, path.size())), value);
    } else if (key.isList()) {
      element(key, section, path, depth + 1, value);
    } else {
      problems.add(
          String.join(".", path),
          value,
          "unknown key: " + String.join(".", path.subList(0, depth + 1)) + " has no keys below it");
    }
  }

  private void element(
      ConfigKey key, Map<String, Object> section, List<String> path, int depth, Object value) {
    List<Object> list = list(section, key);
    String place = path.get(depth);
    int index = place.matches("\\d{1,6}") ? Integer.parseInt(place) : -1;
    if (index < 0 || index > list.size()) {
      problems.add(
          String.join(".", path),
          value,
          "'" + place + "' is not a place in the list: write a number from 0 to " + list.size());
      return;
    }
    boolean last = depth == path.size() - 1;
    if (index == list.size()) {
      list.add(new LinkedHashMap<String, Object>());
    }
    if (last) {
      list.set(index, value);
    } else if (key.isListOfSections()) {
      section(key.valueType(), elementMapping(list, index), path, depth + 1, value);
    } else {
      problems.add(
          String.join(".", path), value, "unknown key: the list holds single values: write one");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Map<String, Object> parent, String name) {
    if (!(parent.get(name) instanceof Map)) {
      parent.put(name, new LinkedHashMap<String, Object>());
    }
    return (Map<String, Object>) parent.get(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> parent, ConfigKey key) {
    if (!(parent.get(key.name()) instanceof List)) {
      Object start = SectionBinder.defaultNode(key);
      parent.put(key.name(), start);
    }
    return (List<Object>) parent.get(key.name());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> elementMapping(List<Object> list, int index) {
    if (!(list.get(index) instanceof Map)) {
      list.set(index, new LinkedHashMap<String, Object>());
    }
    return (Map<String, Object>) list.get(index);
  }
}
