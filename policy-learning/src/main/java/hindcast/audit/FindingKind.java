package hindcast.audit;

import java.util.List;

/**
 * Everything an audit can find: what it means, what usually causes it, what to do, and the smallest
 * fault that is found in 20,000 events with probability .95.
 *
 * <p>Kinds with {@link #tested()} come from statistical tests whose critical findings are one
 * family: see {@link LogAudit}. Names are part of the product: never renamed, only added to.
 */
@SuppressWarnings("ImmutableEnumChecker") // causes are unmodifiable
public enum FindingKind {
  /** Mean importance weight of an evaluated policy above 1. */
  MEAN_WEIGHT(
      true,
      "a policy's importance weights have a mean above 1, which no policy can have if propensities"
          + " are right",
      List.of(
          "propensities are smaller than the probabilities that served",
          "propensities belong to another policy or context than the one that served",
          "the policy's probabilities sum to more than 1"),
      "compare the logged propensity of a few impressions with what the serving code computes",
      "propensities 6 % too small, where weights have a deviation of about 1"),
  /** {@code E[1{a = k} / p]} above 1 for an item. */
  ITEM_WEIGHT(
      true,
      "an item is shown more often than its propensities allow: the mean of 1{a = k} / p is above 1",
      List.of(
          "a rule outside the policy (a boost, a pinned item) shows the item",
          "the propensity of the item is of a policy before such a rule"),
      "log the probability after all rules, at the place that shows the item",
      "an item with propensities a quarter too small"),
  /** Items of a segment do not follow the logged propensities. */
  CALIBRATION(
      true,
      "in a segment, what is shown follows other probabilities than the logged ones",
      List.of(
          "propensities computed from other features than those that served",
          "propensities assigned to the wrong items or the wrong segment",
          "a fallback that serves a segment without the policy"),
      "compare estimated and logged propensities of the item the evidence names",
      "propensities of two segments swapped in a tenth of the records"),
  /** Items in equal contexts do not follow the logged propensities. */
  CONTEXT_CALIBRATION(
      true,
      "where the same context comes again, what is shown follows other probabilities than the"
          + " logged ones",
      List.of(
          "the item is a function of the context, while propensities say it was drawn",
          "a cache that serves the same context the same item"),
      "draw anew for each impression, or log the probability of what really decides",
      "a tenth of the records repeat the item their context was shown first, 40 contexts"),
  /** More probability than there is. */
  GREEDY_PROPENSITY(
      true,
      "more than one item of a context is said to be likely: the mean of 1{p > 1/2} / p is above 1",
      List.of(
          "the propensity of the greedy item is logged for explored ones",
          "propensities are scores, or of steps before the draw"),
      "log the probability of the item that was shown, explored or not",
      "5 % of the records, explored by an epsilon-greedy policy, with the propensity of the greedy item"),
  /** Logged rows that are no distribution over the eligible items. */
  INVALID_ROW(
      false,
      "logged rows do not sum to 1 over the eligible items, or disagree with the logged propensity",
      List.of(
          "scores are logged instead of probabilities",
          "the row is of the items before a filter",
          "the row was cut to its largest entries"),
      "log the probabilities after all filters, of all items that could be shown",
      "5 % of the records"),
  /** Shown items outside their eligible set. */
  ITEM_NOT_ELIGIBLE(
      false,
      "shown items are not among the items that are said to have been eligible",
      List.of(
          "the set was logged at another step than the choice", "item ids of two systems differ"),
      "log the set the item was chosen from",
      "5 % of the records"),
  /** Propensities rounded to few decimals. */
  ROUNDED_PROPENSITIES(
      false,
      "small propensities have so few decimals that rounding changes their weights",
      List.of("a log format or a dashboard field with two or three decimals"),
      "log propensities as doubles",
      "5 % of the records rounded to two decimals"),
  /** One value that stands for many different propensities. */
  REPEATED_PROPENSITY(
      false,
      "one value is logged for many items in a log whose other propensities belong to one item each",
      List.of(
          "a default where the propensity was not known", "a fallback policy without a version"),
      "leave the propensity out where it is not known",
      "5 % of the records"),
  /** Propensities of another version than the one that served. */
  VERSION_SKEW(
      true,
      "propensities or items logged under one policy version fit another version better",
      List.of(
          "servers that still run the earlier version while the log names the new one",
          "propensities computed after the fact with the newest version"),
      "write version, item and propensity in one place, at decision time",
      "5 % of the records with the propensities or with the items of the other of two versions"),
  /** Events of a cluster depend on each other. */
  CLUSTER_DEPENDENCE(
      false,
      "events of one cluster are so alike that standard errors are 1.5 times too small or worse",
      List.of("many events of one user or session, whose rewards come together"),
      "use cluster-robust standard errors, or evaluate one event a cluster",
      "correlation .1 in clusters of 20"),
  /** A policy puts mass where the logger has none. */
  UNSUPPORTED_MASS(
      false,
      "mean weight below 1: a part of the policy's choices is never logged, or propensities are too"
          + " large",
      List.of(
          "the logger never shows what the policy would", "propensities larger than what served"),
      "let the logger explore these items, or evaluate a policy it covers",
      "a policy with a tenth of its mass on items the logger never shows"),
  /** Too few effective events for a policy. */
  LITTLE_SUPPORT(
      false,
      "so few events carry the estimate of a policy that no interval holds",
      List.of("the policy differs too much from the logger", "too little traffic"),
      "log longer, explore more, or evaluate a policy closer to the logger",
      "effective sample size 200"),
  /** Segments do not have the shares they should have. */
  SAMPLE_RATIO(
      true,
      "segments do not have the shares of traffic they were given",
      List.of(
          "records of a segment are lost or written twice",
          "assignment depends on something that filters records"),
      "count assignments and records of each segment at every step",
      "a segment with a share of .4 that loses a tenth of its records"),
  /** Records without a propensity. */
  MISSING_PROPENSITIES(
      false,
      "records carry no logged propensity",
      List.of("a serving path that does not log it", "an older version of the client"),
      "log it, or let it be estimated and use UIPS or SNIPS",
      "5 % of the records"),
  /** Records refused for their propensity. */
  INVALID_PROPENSITIES(
      false,
      "records were refused because their propensity is no usable probability: what is left is a"
          + " selection",
      List.of("propensity 0 for explored items", "propensities rounded to 0", "division by zero"),
      "log the probability of the shown item; leave it out where it is not known",
      "5 % of the records"),
  /** Records refused for other reasons. */
  REJECTED_RECORDS(
      false,
      "records were refused: what is left may be a selection",
      List.of("a producer that writes broken records", "a schema that was changed"),
      "look at the dead letters by reason",
      "5 % of the records"),
  /** Outcomes without reward are missing. */
  LOST_ZEROS(
      false,
      "impressions without reward are missing among the outcomes",
      List.of("an inner join of impressions and rewards", "only rewarded impressions are logged"),
      "join from the side of the impressions, and emit a zero when the window closes",
      "5 % of the impressions, where their number is known; else all of them"),
  /** Rewards that come after the window. */
  LATE_REWARDS(
      false,
      "rewards come after their window, so values are too small",
      List.of("a reward window shorter than the delay", "a slow reward pipeline"),
      "lengthen the reward window to the recommended one",
      "5 % of the rewards"),
  /** Rewards without an impression. */
  ORPHAN_REWARDS(
      false,
      "rewards name impressions that are not in the log",
      List.of("lost impressions", "ids that are written differently", "impressions that come late"),
      "compare ids on both sides",
      "5 % of the rewards"),
  /** The reward rate of a segment changed. */
  REWARD_DRIFT(
      false,
      "the reward rate of a segment is not what it was at first",
      List.of("the world changed", "the logger changed", "rewards are lost or doubled from a time"),
      "look at decayed estimates; a value over the whole log is an average over two worlds",
      "reward rate .3 that becomes .42 half-way"),
  /** The contexts changed. */
  CONTEXT_DRIFT(
      false,
      "contexts are not what they were at first",
      List.of("other users", "a feature that is computed otherwise from a time"),
      "check features around the time of the change",
      "a feature that shifts by half a deviation half-way"),
  /** The logging policy changed. */
  LOGGING_DRIFT(
      false,
      "what is shown in a segment is not what was shown at first, under the same policy version",
      List.of("a policy updated without a new version", "other items became eligible"),
      "give each policy its version",
      "an item's share that rises from .2 to .35 half-way");

  private final boolean tested;
  private final String meaning;
  private final List<String> causes;
  private final String remedy;
  private final String smallestFault;

  FindingKind(
      boolean tested, String meaning, List<String> causes, String remedy, String smallestFault) {
    this.tested = tested;
    this.meaning = meaning;
    this.causes = causes;
    this.remedy = remedy;
    this.smallestFault = smallestFault;
  }

  /** Whether it comes from a test of the critical family. */
  public boolean tested() {
    return tested;
  }

  /** What it means, one clause. */
  public String meaning() {
    return meaning;
  }

  /** What usually causes it. */
  public List<String> causes() {
    return causes;
  }

  /** What to do. */
  public String remedy() {
    return remedy;
  }

  /** The smallest fault that is found in 20,000 events with probability .95. */
  public String smallestFault() {
    return smallestFault;
  }
}
