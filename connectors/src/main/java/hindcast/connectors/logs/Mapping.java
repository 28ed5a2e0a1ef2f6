package hindcast.connectors.logs;

import java.util.List;

/**
 * Which fields of a line are what, as {@link MappedFormat} describes the file. Slots are {@link
 * #NONE} where the mapping names no field.
 *
 * @param lines how lines are read
 * @param id slot of the impression id
 * @param time null for the number of the line
 * @param item slot of the item
 * @param propensity slot of its probability
 * @param segment slots of the segment's parts
 * @param position slot of the position
 * @param slate slot of the slate's id
 * @param policy slot of the serving policy
 * @param policyVersion slot of its version
 * @param intercept whether the context begins with a 1
 * @param context the features
 * @param items declared items; may be empty
 * @param eligible the eligible items of a line; null for none
 * @param probabilities the probability of each eligible item in one field; null for none
 * @param probabilityColumns slots of the probability of each declared item; may be empty
 * @param rewards of the line
 * @param rewardFile a file of rewards of its own; null for none
 */
record Mapping(
    MappedLines lines,
    int id,
    MappedTime time,
    int item,
    int propensity,
    List<Integer> segment,
    int position,
    int slate,
    int policy,
    int policyVersion,
    boolean intercept,
    List<MappedFeature> context,
    List<String> items,
    MappedList eligible,
    MappedList probabilities,
    List<Integer> probabilityColumns,
    List<MappedReward> rewards,
    RewardFile rewardFile) {
  static final int NONE = -1;

  /**
   * A file of rewards.
   *
   * @param lines how lines are read
   * @param id slot of the impression's id
   * @param time slot and format of the time of the reward
   * @param name slot of the reward's kind; {@link #NONE} for one kind without a name
   * @param rewardId slot of the reward's id; {@link #NONE} for the kind
   * @param value slot of its value
   */
  record RewardFile(
      MappedLines lines, int id, MappedTime time, int name, int rewardId, int value) {}

  MappedContext newContext() {
    return new MappedContext(intercept, context);
  }
}
