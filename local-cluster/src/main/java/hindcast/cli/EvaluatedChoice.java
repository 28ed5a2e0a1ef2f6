package hindcast.cli;

import hindcast.jobs.config.EvaluatedPolicyConfig;
import hindcast.jobs.config.EvaluatedPolicyConfig.Kind;
import hindcast.jobs.config.EvaluationConfig;
import hindcast.jobs.config.LearningConfig;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.local.LocalStartException;
import hindcast.policy.PolicyForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code --evaluate} asks for: policies that are evaluated beside what is learned, and forms
 * in which learned ones are also played.
 *
 * <ul>
 *   <li>{@code uniform}, {@code logging}, {@code always:ITEM}, {@code table:FILE.csv}
 *   <li>{@code greedy:POLICY} and {@code epsilon:E:POLICY}, where the policy is {@code
 *       always:ITEM}, {@code table:FILE.csv}, an id of evaluation.policies of one of these kinds,
 *       or one that is learned
 * </ul>
 */
final class EvaluatedChoice {
  private static final String RULE =
      "--evaluate must be table:FILE.csv, uniform, logging, always:ITEM, greedy:POLICY or"
          + " epsilon:E:POLICY: ";

  private final EvaluationConfig given;
  private final LearningConfig learning;
  private final boolean severalTables;
  private final boolean any;
  private final List<EvaluatedPolicyConfig> policies = new ArrayList<>();
  private final Map<Integer, List<PolicyForm>> added = new LinkedHashMap<>();

  /**
   * @param given the configuration's, which stays where nothing is wanted
   * @param learning what is learned
   */
  EvaluatedChoice(EvaluationConfig given, LearningConfig learning, List<String> wanted) {
    this.given = given;
    this.learning = learning;
    this.any = !wanted.isEmpty();
    this.severalTables =
        wanted.stream()
                .filter(text -> text.contains("table:"))
                .map(text -> text.substring(text.indexOf("table:")))
                .distinct()
                .count()
            > 1;
    wanted.forEach(this::add);
  }

  /** The section evaluation. */
  EvaluationConfig evaluation() {
    return any
        ? new EvaluationConfig(
            given.reportEvery(),
            given.estimators(),
            policies,
            given.maxOpenVersions(),
            given.maxOpenPolicies(),
            given.window(),
            given.compactedWindow(),
            given.compactAfter(),
            given.halfLife(),
            given.slidingWindows(),
            given.bySegment(),
            given.minimumRewardedEffectiveSampleSize(),
            given.maximumEventShare())
        : given;
  }

  /** The forms of learned policies that grow, as {@code key=value}. */
  Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    added.forEach(
        (place, all) ->
            forms.put(
                "learning.policies." + place + ".forms",
                all.stream()
                    .map(form -> '"' + form.text() + '"')
                    .collect(Collectors.joining(", ", "[", "]"))));
    return forms;
  }

  private void add(String text) {
    String[] parts = text.split(":", 2);
    switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "greedy" -> addPlayed(text, PolicyForm.GREEDY, parts.length < 2 ? "" : parts[1]);
      case "epsilon" -> {
        String[] rest = parts.length < 2 ? new String[0] : parts[1].split(":", 2);
        if (rest.length < 2) {
          throw new LocalStartException(RULE + text);
        }
        addPlayed(text, epsilon(text, rest[0]), rest[1]);
      }
      default -> {
        EvaluatedPolicyConfig policy = asItIs(text);
        if (policy == null) {
          throw new LocalStartException(RULE + text);
        }
        policies.add(policy);
      }
    }
  }

  private static PolicyForm epsilon(String text, String number) {
    try {
      return PolicyForm.parse("epsilon:" + number);
    } catch (IllegalArgumentException e) {
      throw new LocalStartException("--evaluate " + text + ": epsilon must be in [0, 1]", e);
    }
  }

  private void addPlayed(String text, PolicyForm form, String name) {
    for (int place = 0; place < learning.policies().size(); place++) {
      LearningPolicyConfig learned = learning.policies().get(place);
      if (learned.id().equals(name)) {
        List<PolicyForm> forms =
            added.computeIfAbsent(place, any -> new ArrayList<>(learned.forms()));
        if (!forms.contains(form)) {
          forms.add(form);
        }
        return;
      }
    }
    EvaluatedPolicyConfig policy =
        given.policies().stream()
            .filter(known -> known.id().equals(name))
            .findFirst()
            .orElseGet(() -> asItIs(name));
    if (policy == null || (policy.kind() != Kind.ALWAYS && policy.kind() != Kind.TABLE)) {
      throw new LocalStartException(
          "--evaluate "
              + text
              + " must be around always:ITEM, table:FILE.csv or one of what is learned: "
              + learning.policies().stream().map(LearningPolicyConfig::id).toList());
    }
    policies.add(
        new EvaluatedPolicyConfig(
            asId(form.text()) + "-" + policy.id(),
            policy.kind(),
            policy.location(),
            policy.item(),
            form.text()));
  }

  /** The policy of a text; null if it is none. */
  private EvaluatedPolicyConfig asItIs(String text) {
    String[] parts = text.split(":", 2);
    return switch (parts[0].toLowerCase(Locale.ROOT) + (parts.length < 2 ? "" : ":")) {
      case "uniform" -> new EvaluatedPolicyConfig("uniform", Kind.UNIFORM, "", "", "");
      case "logging" -> new EvaluatedPolicyConfig("logging", Kind.LOGGING, "", "", "");
      case "always:" -> always(parts[1]);
      case "table:" -> table(parts[1]);
      default -> null;
    };
  }

  private static EvaluatedPolicyConfig always(String item) {
    if (item.isBlank()) {
      throw new LocalStartException("--evaluate always: needs an item: always:ITEM");
    }
    return new EvaluatedPolicyConfig("always-" + asId(item), Kind.ALWAYS, "", item, "");
  }

  /** A single table is called {@code table}, several are told apart by their files' names. */
  private EvaluatedPolicyConfig table(String location) {
    Path file = Path.of(location);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new LocalStartException("--evaluate table file cannot be read: " + location);
    }
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String id = severalTables ? "table-" + asId(stem) : "table";
    return new EvaluatedPolicyConfig(id, Kind.TABLE, location, "", "");
  }

  private static String asId(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
