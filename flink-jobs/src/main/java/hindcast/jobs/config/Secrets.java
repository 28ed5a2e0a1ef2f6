package hindcast.jobs.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Values that are never printed: those whose key says that they are secret. */
final class Secrets {
  /** What is printed instead. */
  static final String REDACTED = "[REDACTED]";

  private static final List<String> MARKS = List.of("password", "secret", "jaas", "token", "key");

  private Secrets() {}

  static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return MARKS.stream().anyMatch(lower::contains);
  }

  /** The value, or {@link #REDACTED} if the key is that of a secret. */
  static String mask(String key, String value) {
    return isSecret(key) ? REDACTED : value;
  }

  static Map<String, String> mask(Map<String, String> properties) {
    Map<String, String> masked = new TreeMap<>(properties);
    masked.replaceAll(Secrets::mask);
    return masked;
  }
}
