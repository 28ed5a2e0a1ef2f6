package hindcast.training;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Rejection;
import hindcast.numeric.CounterBasedRandom;
import hindcast.objective.Field;
import hindcast.objective.Objective;
import java.util.Arrays;
import java.util.Map;

/** Turns feedback into examples of one objective, or says by name why it can't. */
final class ExampleReader {
  private final Objective objective;
  private final String policyId;
  private final long seed;
  private final int contextDimension;
  private final ItemCatalogue catalogue;
  private final SideInformationSource source;

  ExampleReader(
      Objective objective,
      String policyId,
      long seed,
      int contextDimension,
      ItemCatalogue catalogue,
      SideInformationSource source) {
    this.objective = objective;
    this.policyId = policyId;
    this.seed = seed;
    this.contextDimension = contextDimension;
    this.catalogue = catalogue;
    this.source = source;
  }

  /** Whether context and item fit the learner; if not, the reason is counted. */
  boolean isReadable(LoggedFeedback feedback, Map<String, Long> skipped) {
    if (feedback.context().dimension() != contextDimension) {
      skip(skipped, Rejection.INVALID_CONTEXT + ": another dimension");
      return false;
    }
    int item = catalogue.indexOf(feedback.itemId());
    if (item < 0) {
      skip(skipped, Rejection.INVALID_ITEM + ": not in the catalogue");
      return false;
    }
    int[] eligible = catalogue.indexesOf(feedback.eligibleItemIds());
    if (eligible != null && Arrays.binarySearch(eligible, item) < 0) {
      skip(skipped, Rejection.ITEM_NOT_ELIGIBLE.name());
      return false;
    }
    return true;
  }

  /** The example of readable feedback, or null with its reason counted. */
  Example read(LoggedFeedback feedback, long version, Map<String, Long> skipped) {
    int item = catalogue.indexOf(feedback.itemId());
    int[] eligible = catalogue.indexesOf(feedback.eligibleItemIds());
    SideInformation side = source.of(feedback);
    for (Field field : objective.needs()) {
      if (!side.has(field) || (isOfPropensity(field) && feedback.propensity() == null)) {
        return skip(
            skipped,
            Rejection.MISSING_FIELD + ": " + objective.name() + " needs " + field.description());
      }
      if (!side.supports(field, item)) {
        return skip(
            skipped,
            Rejection.INVALID_PROPENSITY
                + ": "
                + objective.name()
                + " needs "
                + field.description()
                + " above 0 where the logged item is");
      }
    }
    boolean known = feedback.propensity() != null;
    return new Example(
        feedback.context(),
        item,
        eligible,
        feedback.reward(),
        known ? feedback.propensity().value() : 1,
        known ? feedback.propensity().uncertainty() : 0,
        CounterBasedRandom.key(seed, policyId, version, feedback.impressionId()),
        side);
  }

  private static boolean isOfPropensity(Field field) {
    return field == Field.PROPENSITY || field == Field.UNCERTAINTY;
  }

  private static Example skip(Map<String, Long> skipped, String reason) {
    skipped.merge(reason, 1L, Long::sum);
    return null;
  }
}
