package hindcast.jobs.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records as the plain tree {@link hindcast.connectors.YamlText} would have read: secrets are in
 * it.
 */
final class ConfigTree {
  private ConfigTree() {}

  static Map<String, Object> of(Record section) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (ConfigKey key : ConfigKey.of(section.getClass())) {
      tree.put(key.name(), node(key.valueIn(section)));
    }
    return tree;
  }

  private static Object node(Object value) {
    if (value instanceof Record record && !Scalars.isScalar(record.getClass())) {
      return of(record);
    } else if (value instanceof List<?> list) {
      return new ArrayList<>(list.stream().map(ConfigTree::node).toList());
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> tree = new LinkedHashMap<>();
      map.forEach((name, element) -> tree.put(name.toString(), node(element)));
      return tree;
    }
    return Scalars.format(value);
  }
}
