package hindcast.jobs.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, one line each: {@code key: value: rule: way out}. */
final class Problems {
  private final List<String> lines = new ArrayList<>();

  /** Adds a problem with a value, masked if the key is that of a secret. */
  void add(String key, Object value, String ruleAndWayOut) {
    String text = value == null ? "(empty)" : value.toString();
    add(key, (text.isEmpty() ? "(empty)" : Secrets.mask(last(key), text)) + ": " + ruleAndWayOut);
  }

  /** Adds a problem whose value is part of the text, once. */
  void add(String key, String text) {
    if (!lines.contains(key + ": " + text)) {
      lines.add(key + ": " + text);
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * Ends the check.
   *
   * @throws ConfigException if there was a problem
   */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new ConfigException(lines);
    }
  }

  private static String last(String key) {
    String properties = "kafka.properties.";
    return key.startsWith(properties) ? key.substring(properties.length()) : "";
  }
}
