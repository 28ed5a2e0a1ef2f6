package hindcast.connectors.logs;

import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rewards of a row, as {@link RowFormat} describes them. */
final class RowRewards {
  private final RewardRange range;

  RowRewards(RewardRange range) {
    this.range = range;
  }

  /** The rewards on the row of their impression. */
  List<Reward> of(RowValues row, String impressionId, long time) throws LineRejectedException {
    List<Reward> rewards = new ArrayList<>();
    Double value = row.number("reward");
    if (value != null && inRange(value, "") != 0) {
      rewards.add(new Reward(impressionId, "reward", row.time("rewardtime", time), value, ""));
    }
    List<?> list = row.list("rewards");
    for (int k = 0; list != null && k < list.size(); k++) {
      Object element = list.get(k);
      if (element instanceof Map) {
        rewards.add(of(RowValues.of(element, "rewards"), impressionId, "r" + k, time));
      } else {
        double each = inRange(RowValues.number(element, "rewards"), "");
        rewards.add(new Reward(impressionId, "r" + k, time, each, ""));
      }
    }
    return rewards;
  }

  /** A reward on a row of its own. */
  Reward alone(RowValues row, String number) throws LineRejectedException {
    String impressionId = row.required("impressionid");
    if (row.get("eventtimemicros") == null && row.get("eventtime") == null) {
      throw new LineRejectedException(
          Rejection.MISSING_FIELD,
          "a reward must say when it happened: eventtimemicros is missing");
    }
    return of(row, impressionId, number, 0);
  }

  private Reward of(RowValues row, String impressionId, String otherId, long otherTime)
      throws LineRejectedException {
    String kind = row.text("kind", "");
    Double value = row.number("value");
    if (value == null) {
      throw new LineRejectedException(Rejection.MISSING_FIELD, "value must have a value: none");
    }
    long time = row.time("eventtimemicros", row.time("eventtime", otherTime));
    return new Reward(
        impressionId, row.text("rewardid", otherId), time, inRange(value, kind), kind);
  }

  /** Of rewards with a kind, the range is that of what they amount to. */
  private double inRange(double value, String kind) throws LineRejectedException {
    if (!Double.isFinite(value) || (kind.isEmpty() && !range.contains(value))) {
      throw new LineRejectedException(
          Rejection.INVALID_REWARD,
          "reward must be in ["
              + range.min()
              + ", "
              + range.max()
              + "]: "
              + value
              + "; set reward.min and reward.max to the range of the product");
    }
    return value;
  }
}
