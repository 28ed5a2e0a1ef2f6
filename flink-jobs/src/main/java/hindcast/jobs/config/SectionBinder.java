package hindcast.jobs.config;

import hindcast.connectors.YamlText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plain tree to records: defaults filled in, every value checked, every problem collected. */
final class SectionBinder {
  private final Problems problems;

  SectionBinder(Problems problems) {
    this.problems = problems;
  }

  /** The section, or null if something in it is wrong; then the problems say what. */
  <R> R bind(Class<R> section, Object node, String path) {
    if (!(node instanceof Map<?, ?> tree)) {
      problems.add(path, node, "must be a mapping: write its keys below it, indented");
      return null;
    }
    boolean whole = refuseUnknown(section, tree, path);
    List<Object> values = new ArrayList<>();
    for (ConfigKey key : ConfigKey.of(section)) {
      Object value = component(key, tree, path.isEmpty() ? key.name() : path + "." + key.name());
      whole &= value != null;
      values.add(value);
    }
    return whole ? construct(section, values, path) : null;
  }

  private boolean refuseUnknown(Class<?> section, Map<?, ?> tree, String path) {
    List<String> known = ConfigKey.of(section).stream().map(ConfigKey::name).toList();
    boolean whole = true;
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      if (!known.contains(entry.getKey().toString())) {
        String unknown = path.isEmpty() ? entry.getKey().toString() : path + "." + entry.getKey();
        problems.add(
            unknown,
            Secrets.mask(unknown, shortText(entry.getValue())),
            "unknown key: " + Suggestion.forUnknown(unknown, section));
        whole = false;
      }
    }
    return whole;
  }

  private Object component(ConfigKey key, Map<?, ?> tree, String path) {
    boolean present = tree.containsKey(key.name());
    Object node = tree.get(key.name());
    if (key.isSection()) {
      return bind(key.component().getType(), node == null ? Map.of() : node, path);
    }
    if (!present && key.isRequired()) {
      problems.add(path, "(missing): is required: " + wayOut(key));
      return null;
    }
    if (!present) {
      node = defaultNode(key);
    }
    if (key.isList()) {
      return list(key, node, path);
    }
    return key.isMapping() ? mapping(key, node, path) : scalar(key, node, path);
  }

  /** The default of a key as a tree. */
  static Object defaultNode(ConfigKey key) {
    return key.isList() || key.isMapping() ? YamlText.read(key.key().value()) : key.key().value();
  }

  private Object list(ConfigKey key, Object node, String path) {
    if (!(node instanceof List<?> elements)) {
      problems.add(path, node, "must be a list: write [a, b], or a line with '- ' for each");
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String place = path + "." + i;
      Object element = elements.get(i);
      values.add(
          key.isListOfSections()
              ? bind(key.valueType(), element, place)
              : scalar(key, element, place));
    }
    return values.contains(null) ? null : values;
  }

  private Object mapping(ConfigKey key, Object node, String path) {
    if (!(node instanceof Map<?, ?> entries)) {
      problems.add(path, node, "must be a mapping: write {name: value}, or name: value below it");
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    entries.forEach(
        (name, value) -> values.put(name.toString(), scalar(key, value, path + "." + name)));
    return values.containsValue(null) ? null : values;
  }

  private Object scalar(ConfigKey key, Object node, String path) {
    if (!(node instanceof String text)) {
      problems.add(
          path,
          shortText(node),
          node == null
              ? "has no value: write one, or remove the key"
              : "must be a single value: " + wayOut(key));
      return null;
    }
    if (text.equals(Secrets.REDACTED)) {
      problems.add(path, text, "is a masked secret: write the secret itself");
      return null;
    }
    try {
      Object value = Scalars.parse(key.valueType(), text);
      if (!key.key().rule().holds(value)) {
        problems.add(path, text, key.key().rule().text(value) + ": " + wayOut(key));
        return null;
      }
      String[] choices = key.key().oneOf();
      if (choices.length > 0 && !Arrays.asList(choices).contains(text)) {
        problems.add(
            path, text, "is not one of the choices: write " + String.join(" or ", choices));
        return null;
      }
      return value;
    } catch (IllegalArgumentException e) {
      problems.add(path, text, e.getMessage());
      return null;
    }
  }

  private <R> R construct(Class<R> section, List<Object> values, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(section.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return section.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        problems.add(path + "." + refusal.getMessage().split(":", 2)[0], rest(refusal));
        return null;
      }
      throw new IllegalStateException("cannot make " + section.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + section.getSimpleName(), e);
    }
  }

  private static String rest(IllegalArgumentException refusal) {
    return refusal.getMessage().split(": ", 2)[1];
  }

  private static String wayOut(ConfigKey key) {
    return key.isRequired() || key.key().value().isEmpty() || key.isList() || key.isMapping()
        ? key.key().doc()
        : "the default is " + key.key().value();
  }

  private static String shortText(Object node) {
    String text = node == null ? "" : node.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
