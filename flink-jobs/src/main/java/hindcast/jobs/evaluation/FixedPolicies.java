package hindcast.jobs.evaluation;

import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.policy.AlwaysPolicy;
import hindcast.policy.EpsilonGreedyPolicy;
import hindcast.policy.EpsilonGreedyPolicy.Choice;
import hindcast.policy.LoggingPolicy;
import hindcast.policy.MostProbableItem;
import hindcast.policy.Policy;
import hindcast.policy.PolicyForm;
import hindcast.policy.TablePolicy;
import hindcast.policy.UniformPolicy;
import java.util.HashMap;
import java.util.Map;

/** The policies of the lines that do not learn. */
public final class FixedPolicies {
  private FixedPolicies() {}

  /** Whether the policy of a line depends on how many items there are. */
  static boolean dependsOnCatalogue(PolicyLine line) {
    return line.kind() == Kind.UNIFORM || !line.forms().isEmpty();
  }

  /**
   * The policy of a line.
   *
   * @param catalogueSize number of items where feedback names no eligible ones
   * @throws IllegalArgumentException if the line learns
   */
  public static Policy of(PolicyLine line, int catalogueSize) {
    return switch (line.kind()) {
      case UNIFORM -> new UniformPolicy(catalogueSize);
      case LOGGING -> new LoggingPolicy();
      case ALWAYS ->
          line.forms().isEmpty()
              ? new AlwaysPolicy(line.item())
              : played(line, Choice.always(line.item()), catalogueSize);
      case TABLE ->
          line.forms().isEmpty()
              ? table(line)
              : played(line, new MostProbableItem(table(line)), catalogueSize);
      case LEARNED ->
          throw new IllegalArgumentException(
              "a policy that is yet to be learned cannot be tried: " + line.id());
    };
  }

  /** The policy of a line in a form of its own; only for such a line. */
  private static EpsilonGreedyPolicy played(PolicyLine line, Choice choice, int catalogueSize) {
    return new EpsilonGreedyPolicy(
        PolicyForm.parse(line.forms().get(0)).exploration(), choice, catalogueSize);
  }

  private static TablePolicy table(PolicyLine line) {
    Map<TablePolicy.Key, Double> probabilities = new HashMap<>();
    line.table()
        .forEach(
            (item, bySegment) ->
                bySegment.forEach(
                    (segment, probability) ->
                        probabilities.put(new TablePolicy.Key(item, segment), probability)));
    return new TablePolicy(probabilities);
  }
}
