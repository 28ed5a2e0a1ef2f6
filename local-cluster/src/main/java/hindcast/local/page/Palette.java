package hindcast.local.page;

import hindcast.local.words.PolicyCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The colour of each policy, the same in all charts: 0 for the logging policy, then 1, 2, ... in
 * the given order. Policies beyond {@value #COLORS} have none: they are in tables only.
 */
final class Palette {
  /** Colours besides that of the logging policy. */
  static final int COLORS = 8;

  private final Map<String, Integer> colors = new LinkedHashMap<>();

  /**
   * @param policies names, those to be seen first
   */
  Palette(List<String> policies) {
    colors.put(PolicyCase.LOGGING, 0);
    for (String policy : policies) {
      if (colors.size() <= COLORS) {
        colors.putIfAbsent(policy, colors.size());
      }
    }
  }

  boolean has(String policy) {
    return colors.containsKey(policy);
  }

  int of(String policy) {
    return colors.get(policy);
  }
}
