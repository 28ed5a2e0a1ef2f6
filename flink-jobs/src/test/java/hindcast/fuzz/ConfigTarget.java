package hindcast.fuzz;

import hindcast.jobs.config.ConfigException;
import hindcast.jobs.config.ConfigLoader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configuration files with overrides. */
final class ConfigTarget {
  private static final String SET = "--set ";

  private ConfigTarget() {}

  static String outcome(byte[] input) {
    StringBuilder yaml = new StringBuilder();
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (line.startsWith(SET) && equals > SET.length()) {
        overrides.put(line.substring(SET.length(), equals), line.substring(equals + 1));
      } else {
        yaml.append(line).append('\n');
      }
    }
    try {
      ConfigLoader.parse(yaml.toString(), overrides);
      return FuzzTarget.ACCEPTED;
    } catch (ConfigException e) {
      FuzzTarget.requireMessage(e.getMessage(), ":");
      return FuzzTarget.REFUSED;
    }
  }
}
