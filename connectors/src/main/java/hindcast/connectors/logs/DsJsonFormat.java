package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;

/**
 * Format {@code dsjson}: the decision logs of Vowpal Wabbit and Azure Personalizer, one JSON object
 * a line: contextual bandits, and conditional ones by slots; no slates.
 *
 * <ul>
 *   <li>impression id: {@code EventId}; where there is none the line number, zero-padded to 12
 *       digits
 *   <li>event time: {@code Timestamp}, to the microsecond; where there is none the line number in
 *       seconds after 1970, so that the log is in the order of its lines
 *   <li>eligible items: the actions {@code a}, or all of {@code c._multi} where there is no {@code
 *       a}. An item is called as its action says in {@code _tag} or in {@code i.id}, else by the
 *       action's number, from 1; where an earlier action of the decision has that name, {@code
 *       NAME#NUMBER}. The number of an action is another name of its item if it is the same one in
 *       all lines
 *   <li>row: {@code p}, beside {@code a}
 *   <li>item: the action {@code _label_Action}, from 1; else {@code _labelIndex}, from 0; else the
 *       first of {@code a}
 *   <li>propensity: {@code _label_probability}, else what the row says. Not known where neither is
 *       there
 *   <li>reward: {@code -_label_cost} at the time of the impression, none for 0; where there is no
 *       cost, {@code v} of each of the observations {@code o}, at its own {@code Timestamp} if it
 *       has one
 *   <li>policy: {@code VWState.m}, else {@code logging}; version 0
 *   <li>segment: {@code all}; context: the shared features, see {@code DsJsonContext}
 * </ul>
 *
 * <p>A line with {@code _outcomes} holds a decision for each slot, see {@code DsJsonSlots}: its id
 * is the line's, {@code #} and the number of the slot from 1, which is also its segment; its slate
 * is the line's id, its position counts from 0, and its context has the features of {@code
 * c._slots} beside the shared ones. A slot that cannot be used is refused alone.
 *
 * <p>{@code pdrop} says that the log was thinned, and is not read further: means are means over the
 * lines that are there, which thinning at a constant rate does not change.
 *
 * <p>Rejects: {@link Rejection#NOT_ACTIVATED} for {@code _skipLearn}, and for {@code
 * DeferredAction} without an observation whose {@code ActionTaken} is true; {@link
 * Rejection#NO_IMPRESSION} for a reward without its decision; {@link Rejection#MISSING_FIELD}
 * without actions; {@link Rejection#ITEM_NOT_ELIGIBLE} for an action outside {@code a}; {@link
 * Rejection#INVALID_PROPENSITY} for a propensity outside (0, 1]; {@link Rejection#INVALID_REWARD}
 * for a reward outside the range; {@link Rejection#INVALID_CONTEXT} for a feature that is not
 * finite; {@link Rejection#INVALID_TIME} for a year outside 1970 to 9999; {@link
 * Rejection#MALFORMED} for everything else.
 *
 * <p>Source: the wiki of Vowpal Wabbit, page DSJSON.
 */
public final class DsJsonFormat implements LogFormat {
  /** What {@code --format} calls it. */
  public static final String NAME = "dsjson";

  private static final long serialVersionUID = 1L;

  private final double smallestReward;
  private final double largestReward;

  /**
   * @param rewardRange range of a reward, which is minus a cost, in the user's unit
   */
  public DsJsonFormat(RewardRange rewardRange) {
    this.smallestReward = rewardRange.min();
    this.largestReward = rewardRange.max();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public LineParser parser(byte[] header) {
    return new DsJsonParser(new RewardRange(smallestReward, largestReward));
  }
}
