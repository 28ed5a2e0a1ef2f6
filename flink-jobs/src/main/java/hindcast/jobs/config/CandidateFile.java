package hindcast.jobs.config;

import hindcast.connectors.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Policies that are to learn side by side, from a YAML file of their own:
 *
 * <pre>
 *   policies:
 *     - id: ips                       # the keys of learning.policies
 *       objective: IPS
 *     - id: clpi
 *       objective: CLPI
 *       grid:                         # one policy for each combination, see {@link CandidateGrid}
 *         learning-rate: [0.01, 0.1]
 *         tau: [0.01, 0.05]
 * </pre>
 *
 * <p>Unknown keys are refused. All problems are reported together, as those of a configuration.
 */
public final class CandidateFile {
  private static final String POLICIES = "policies";
  private static final String GRID = "grid";

  private final Problems problems = new Problems();
  private final List<LearningPolicyConfig> policies = new ArrayList<>();
  private final Map<String, List<String>> grids = new LinkedHashMap<>();

  /**
   * What a file holds.
   *
   * @param policies in their order, grids spread out
   * @param grids the policies of each grid
   */
  public record Candidates(List<LearningPolicyConfig> policies, List<GridConfig> grids) {}

  private CandidateFile() {}

  /**
   * The policies in a file.
   *
   * @throws ConfigException with every problem found
   */
  public static Candidates read(Path file) {
    CandidateFile read = new CandidateFile();
    try {
      return read.candidates(Files.readString(file));
    } catch (IOException e) {
      read.problems.add("--learn", file, "cannot be read (" + e + "): name a readable YAML file");
      read.problems.throwIfAny();
      throw new IllegalStateException("a file that cannot be read is a problem", e);
    }
  }

  /** The policies in a text. */
  static Candidates parse(String yaml) {
    return new CandidateFile().candidates(yaml);
  }

  private Candidates candidates(String yaml) {
    List<?> elements = elements(yaml);
    for (int k = 0; k < elements.size(); k++) {
      element(elements.get(k), POLICIES + "." + k);
    }
    problems.throwIfAny();
    try {
      Repeats.refuse(POLICIES, policies.stream().map(LearningPolicyConfig::id).toList());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(e.getMessage()));
    }
    List<GridConfig> chosenAmong = new ArrayList<>();
    grids.forEach((id, candidates) -> chosenAmong.add(new GridConfig(id, candidates)));
    return new Candidates(policies, chosenAmong);
  }

  private List<?> elements(String yaml) {
    Object tree;
    try {
      tree = YamlText.read(yaml);
    } catch (IllegalArgumentException e) {
      problems.add("file", e.getMessage());
      return List.of();
    }
    if (!(tree instanceof Map<?, ?> map)
        || map.size() != 1
        || !(map.get(POLICIES) instanceof List<?> elements)
        || elements.isEmpty()) {
      problems.add(
          "file",
          "must have one key, policies, with a list of learned policies: write 'policies:' and a"
              + " line with '- id: NAME' for each");
      return List.of();
    }
    return elements;
  }

  private void element(Object element, String path) {
    if (!(element instanceof Map<?, ?> given)) {
      problems.add(path, element, "must be a mapping: write its keys below it, indented");
      return;
    }
    Map<String, Object> policy = new LinkedHashMap<>();
    given.forEach((key, value) -> policy.put(key.toString(), value));
    Object grid = policy.remove(GRID);
    List<Map<String, Object>> spread =
        given.containsKey(GRID)
            ? new CandidateGrid(policy, path, problems).spread(grid)
            : List.of(policy);
    List<String> ids = new ArrayList<>();
    for (Map<String, Object> one : spread) {
      LearningPolicyConfig bound =
          new SectionBinder(problems).bind(LearningPolicyConfig.class, one, path);
      if (bound != null) {
        policies.add(bound);
        ids.add(bound.id());
      }
    }
    if (given.containsKey(GRID) && !ids.isEmpty()) {
      grids.computeIfAbsent(policy.get("id").toString(), id -> new ArrayList<>()).addAll(ids);
    }
  }
}
