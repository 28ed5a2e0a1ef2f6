package hindcast.feedback;

import java.io.Serializable;

/**
 * The range of a reward in the user's unit, and the map from it to the unit interval in which every
 * formula works.
 *
 * <p>{@code unit = (user - min) / (max - min)}, clipped to [0, 1]. A difference of two values is
 * multiplied by {@link #scale()} only.
 *
 * @param min smallest reward, finite
 * @param max largest reward, finite, above {@code min}
 */
public record RewardRange(double min, double max) implements Serializable {
  /** Rewards that are already in [0, 1]. */
  public static final RewardRange UNIT = new RewardRange(0, 1);

  public RewardRange {
    if (!Double.isFinite(min) || !Double.isFinite(max) || !(min < max)) {
      throw new IllegalArgumentException(
          "reward range must be finite with min < max: [" + min + ", " + max + "]");
    }
    if (Double.isInfinite(max - min)) {
      throw new IllegalArgumentException(
          "reward range must have a finite width: [" + min + ", " + max + "]");
    }
  }

  /** Whether a single reward is a number inside the range. */
  public boolean contains(double user) {
    return user >= min && user <= max;
  }

  /** The reward in [0, 1]; values outside the range are clipped. */
  public double toUnit(double user) {
    if (Double.isNaN(user)) {
      throw new IllegalArgumentException("reward must be a number: NaN");
    }
    return Math.min(1, Math.max(0, (user - min) / (max - min)));
  }

  /** A value in the user's unit; not clipped, so that estimates and bounds pass through. */
  public double toUser(double unit) {
    return min + unit * (max - min);
  }

  /** Width of the range: the factor of standard errors and of differences between values. */
  public double scale() {
    return max - min;
  }
}
