package hindcast.jobs.config;

import hindcast.connectors.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@link PipelineConfig}: a YAML file, then overrides, then every check.
 *
 * <p>Unknown keys are refused. All problems are reported together in one {@link ConfigException}, a
 * line each: {@code key: value: rule: way out}. Secrets are masked in them.
 */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads a file and applies {@code key=value} overrides in their order.
   *
   * @param file the YAML file, or null for the defaults
   */
  public static PipelineConfig load(Path file, List<String> overrides) {
    Problems problems = new Problems();
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals <= 0) {
        problems.add("--set", override, "must be key=value: for example reward.window=10s");
      } else {
        parsed.remove(override.substring(0, equals));
        parsed.put(override.substring(0, equals), override.substring(equals + 1));
      }
    }
    String text = "";
    if (file != null) {
      try {
        text = Files.readString(file);
      } catch (IOException e) {
        problems.add("--config", file, "cannot be read (" + e + "): name a readable YAML file");
      }
    }
    return load(tree(text, problems), parsed, problems);
  }

  /** Reads YAML text and applies overrides in their order. */
  public static PipelineConfig parse(String yaml, Map<String, String> overrides) {
    Problems problems = new Problems();
    return load(tree(yaml, problems), overrides, problems);
  }

  static PipelineConfig load(Map<String, Object> tree, Map<String, String> overrides) {
    return load(tree, overrides, new Problems());
  }

  private static PipelineConfig load(
      Map<String, Object> tree, Map<String, String> overrides, Problems problems) {
    Overrides applied = new Overrides(tree, problems);
    overrides.forEach(applied::apply);
    PipelineConfig config = new SectionBinder(problems).bind(PipelineConfig.class, tree, "");
    if (config != null) {
      CrossChecks.check(config, problems);
    }
    problems.throwIfAny();
    return config;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(String yaml, Problems problems) {
    try {
      if (YamlText.read(yaml) instanceof Map<?, ?> tree) {
        return (Map<String, Object>) tree;
      }
      problems.add("file", "is not a mapping: write sections such as 'reward:' with keys below");
    } catch (IllegalArgumentException e) {
      problems.add("file", e.getMessage());
    }
    return new LinkedHashMap<>();
  }
}
