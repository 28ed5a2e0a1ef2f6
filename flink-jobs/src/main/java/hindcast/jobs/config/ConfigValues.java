package hindcast.jobs.config;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A configuration as one flat mapping from path to value, sorted: {@code reward.window} to {@code
 * 10s}, {@code learning.policies[0].id} to {@code clpi}. Equal configurations give equal mappings.
 * An empty list or mapping is {@code []} under its own path; secrets are masked.
 */
public final class ConfigValues {
  private static final String EMPTY = "[]";

  private ConfigValues() {}

  /** Every value of the configuration. */
  public static NavigableMap<String, String> of(PipelineConfig config) {
    NavigableMap<String, String> values = new TreeMap<>();
    add(values, "", ConfigTree.of(config));
    return values;
  }

  private static void add(Map<String, String> values, String path, Object node) {
    if (node instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (name, value) -> add(values, path.isEmpty() ? "" + name : path + '.' + name, value));
    } else if (node instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        add(values, path + '[' + i + ']', list.get(i));
      }
    } else {
      boolean empty = node instanceof Map || node instanceof List;
      String name = path.substring(path.lastIndexOf('.') + 1);
      values.put(path, empty ? EMPTY : Secrets.mask(name, String.valueOf(node)));
    }
  }
}
