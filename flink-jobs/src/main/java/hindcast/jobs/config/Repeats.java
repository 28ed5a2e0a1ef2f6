package hindcast.jobs.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that may occur only once. */
final class Repeats {
  private Repeats() {}

  static void refuse(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            key + ": " + name + ": is there twice: remove one or give it another name");
      }
    }
  }
}
