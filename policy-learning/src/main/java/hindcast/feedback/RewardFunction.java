package hindcast.feedback;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;

/**
 * What the rewards of one kind of one impression amount to. Each is a function of the set of
 * rewards: the order in which they arrived does not matter.
 */
public enum RewardFunction {
  /** Their sum. */
  SUM,
  /** The earliest by event time; of equal times the one with the smallest id. */
  FIRST,
  /** The latest by event time; of equal times the one with the largest id. */
  LAST,
  /** The largest. */
  MAXIMUM,
  /** The smallest. */
  MINIMUM,
  /** Their mean. */
  MEAN;

  /**
   * A reward that counts.
   *
   * @param kind its kind; {@code ""} when it has none
   * @param id its id, unique within the impression
   * @param timeMicros event time
   * @param value user's unit
   */
  record Given(String kind, String id, long timeMicros, double value) {
    boolean isBefore(Given other) {
      return timeMicros == other.timeMicros
          ? id.compareTo(other.id) < 0
          : timeMicros < other.timeMicros;
    }

    void write(DataOutput out) throws IOException {
      out.writeUTF(kind);
      out.writeUTF(id);
      out.writeLong(timeMicros);
      out.writeDouble(value);
    }

    static Given read(DataInput in) throws IOException {
      return new Given(in.readUTF(), in.readUTF(), in.readLong(), in.readDouble());
    }
  }

  /**
   * The value of this function.
   *
   * @param rewards at least one, in order of id
   */
  double of(Collection<Given> rewards) {
    double sum = 0;
    Given first = null;
    Given last = null;
    double maximum = Double.NEGATIVE_INFINITY;
    double minimum = Double.POSITIVE_INFINITY;
    for (Given reward : rewards) {
      sum += reward.value();
      first = first == null || reward.isBefore(first) ? reward : first;
      last = last == null || last.isBefore(reward) ? reward : last;
      maximum = Math.max(maximum, reward.value());
      minimum = Math.min(minimum, reward.value());
    }
    if (first == null || last == null) {
      throw new IllegalArgumentException(this + " needs at least one reward: none");
    }
    return switch (this) {
      case SUM -> sum;
      case FIRST -> first.value();
      case LAST -> last.value();
      case MAXIMUM -> maximum;
      case MINIMUM -> minimum;
      case MEAN -> sum / rewards.size();
    };
  }
}
