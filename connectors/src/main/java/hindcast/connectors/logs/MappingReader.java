package hindcast.connectors.logs;

import static hindcast.connectors.logs.Mapping.NONE;

import hindcast.connectors.YamlText;
import hindcast.feedback.RewardRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads a mapping file. All problems are reported together in one {@link MappingException}. Not
 * thread-safe.
 */
final class MappingReader {
  private final boolean csv;
  private final List<String> problems = new ArrayList<>();

  private MappingReader(boolean csv) {
    this.csv = csv;
  }

  /**
   * The mapping in a text.
   *
   * @param file what messages call it
   * @param csv whether it is for csv, else for JSON lines
   */
  static Mapping read(String file, String yaml, boolean csv) {
    MappingReader reader = new MappingReader(csv);
    Mapping mapping = reader.mapping(yaml);
    if (!reader.problems.isEmpty()) {
      throw new MappingException(
          reader.problems.stream().map(problem -> "mapping " + file + ": " + problem).toList());
    }
    return mapping;
  }

  private Mapping mapping(String yaml) {
    MappingTree tree;
    try {
      if (!(YamlText.read(yaml) instanceof Map<?, ?> map)) {
        problems.add("the file: is no mapping; write keys such as 'item: shown_item'");
        return null;
      }
      tree = new MappingTree("", cast(map), problems);
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return null;
    }
    MappingFields fields = new MappingFields(csv, tree);
    List<String> items = items(tree);
    MappedList eligible = list(fields, tree, "eligible");
    List<Integer> columns = new ArrayList<>();
    MappedList probabilities = probabilities(fields, tree, columns);
    Mapping mapping =
        new Mapping(
            null,
            fields.optional(tree, "id"),
            time(fields, tree),
            fields.single(tree, "item", "name the " + fields.word() + " of the shown item"),
            fields.optional(tree, "propensity"),
            fields.all(tree, "segment"),
            fields.optional(tree, "position"),
            fields.optional(tree, "slate"),
            fields.optional(tree, "policy"),
            fields.optional(tree, "policy-version"),
            tree.flag("intercept", true),
            new MappedFeatures(fields, tree).read(),
            items,
            eligible,
            probabilities,
            columns,
            rewards(fields, tree),
            rewardFile(tree));
    if ((probabilities != null || !columns.isEmpty()) && eligible == null && items.isEmpty()) {
      tree.problem("probabilities", null, "needs eligible, or items: whose they are");
    }
    if (!columns.isEmpty() && (eligible != null || columns.size() != items.size())) {
      tree.problem(
          "probabilities",
          columns.size() + " columns",
          "must be one for each of items, and eligible not be there");
    }
    if (mapping.rewards().isEmpty() && mapping.rewardFile() == null) {
      tree.problem("reward", null, "name one: reward: {click: clicked}; or a file with rewards:");
    }
    tree.refuseUnknown();
    return problems.isEmpty() ? withLines(mapping, fields.lines()) : null;
  }

  private static Mapping withLines(Mapping read, MappedLines lines) {
    return new Mapping(
        lines,
        read.id(),
        read.time(),
        read.item(),
        read.propensity(),
        read.segment(),
        read.position(),
        read.slate(),
        read.policy(),
        read.policyVersion(),
        read.intercept(),
        read.context(),
        read.items(),
        read.eligible(),
        read.probabilities(),
        read.probabilityColumns(),
        read.rewards(),
        read.rewardFile());
  }

  private static List<String> items(MappingTree tree) {
    List<String> items = tree.texts("items");
    if (new HashSet<>(items).size() < items.size()) {
      tree.problem("items", items, "must name each item once");
    }
    return items;
  }

  private static MappedTime time(MappingFields fields, MappingTree tree) {
    return tree.has("time") ? fields.time(tree, "time") : null;
  }

  private MappedList list(MappingFields fields, MappingTree tree, String key) {
    if (!tree.has(key)) {
      return null;
    }
    MappingTree section = tree.value(key) instanceof Map ? tree.section(key) : null;
    String separator = section == null ? "|" : fields.separator(section);
    int slot = fields.required(tree, key, "");
    return new MappedList(slot, separator);
  }

  /** One field with all, or one column for each item. */
  private MappedList probabilities(MappingFields fields, MappingTree tree, List<Integer> columns) {
    if (tree.value("probabilities") instanceof List) {
      columns.addAll(fields.all(tree, "probabilities"));
      return null;
    }
    return list(fields, tree, "probabilities");
  }

  private List<MappedReward> rewards(MappingFields fields, MappingTree tree) {
    List<MappedReward> rewards = new ArrayList<>();
    MappingTree section = tree.section("reward");
    if (section == null) {
      return rewards;
    }
    section
        .all()
        .forEach(
            (name, value) -> {
              if (value instanceof Map) {
                MappingTree reward = section.below(name, value);
                reward.text(fields.word());
                MappedTime time = reward.has("time") ? fields.time(reward, "time") : null;
                RewardRange range = range(reward);
                boolean zeros = reward.flag("zeros", false);
                rewards.add(
                    new MappedReward(name, fields.required(section, name, ""), range, time, zeros));
                reward.refuseUnknown();
              } else {
                rewards.add(
                    new MappedReward(
                        name,
                        fields.required(section, name, "name its column"),
                        null,
                        null,
                        false));
              }
            });
    return rewards;
  }

  private static RewardRange range(MappingTree reward) {
    List<?> ends = reward.list("range");
    if (ends.isEmpty()) {
      return null;
    }
    double min = ends.get(0) instanceof String text ? reward.number("range", text) : Double.NaN;
    double max =
        ends.size() == 2 && ends.get(1) instanceof String text
            ? reward.number("range", text)
            : Double.NaN;
    if (!(min < max)) {
      reward.problem("range", ends, "must be [least, most], the least below the most");
      return null;
    }
    return new RewardRange(min, max);
  }

  private Mapping.RewardFile rewardFile(MappingTree tree) {
    MappingTree section = tree.section("rewards");
    if (section == null) {
      return null;
    }
    MappingFields fields = new MappingFields(csv, section);
    int id = fields.single(section, "id", "name the " + fields.word() + " of the impression id");
    MappedTime time = null;
    if (section.has("time")) {
      time = fields.time(section, "time");
    } else {
      section.problem("time", null, "name the " + fields.word() + " of the reward's time");
    }
    Mapping.RewardFile file =
        new Mapping.RewardFile(
            null,
            id,
            time,
            fields.optional(section, "name"),
            fields.optional(section, "reward-id"),
            fields.single(section, "value", "name the " + fields.word() + " of the value"));
    section.refuseUnknown();
    MappedLines lines = fields.lines();
    return new Mapping.RewardFile(
        lines, file.id(), file.time(), file.name(), file.rewardId(), file.value());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  static boolean isGiven(int slot) {
    return slot != NONE;
  }
}
