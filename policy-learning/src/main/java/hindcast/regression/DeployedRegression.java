package hindcast.regression;

import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import hindcast.interval.WeightedReward;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds out, at any time and with a bounded chance of a false alarm, that the deployed policy is
 * worse than it should be, from its own traffic.
 *
 * <p>On that traffic the deployed policy is the logging policy, so its difference to itself says
 * nothing. Two other streams do:
 *
 * <pre>
 * champion:  X = (1 + (w - 1) r) / 2    E[X] = (1 + V(champion) - V(deployed)) / 2   m0 = (1 + drop) / 2
 * promise:   X = 1 - r                  E[X] = 1 - V(deployed)                       m0 = 1 - promised + drop
 * </pre>
 *
 * <p>with w the importance weight of the champion (the policy deployed before) on an event the
 * deployed policy served, and r its reward in [0, 1]. Each is watched by a {@link SequentialWatch}:
 * a regression from the start, and a sudden one. The paired form needs no bound on w and removes
 * the noise both policies share; the promise needs no champion, and finds what hits both alike.
 *
 * <ul>
 *   <li>An event without a champion's weight counts for the promise only.
 *   <li>A promise of at most the tolerated drop cannot be broken by rewards in [0, 1]: it is not
 *       watched.
 *   <li>If propensities are wrong, the first test is: see the findings of the audit.
 * </ul>
 *
 * <p>{@link #drop} is the anytime interval of {@code V(champion) - V(deployed)}. Order matters and
 * states do not merge.
 */
public final class DeployedRegression {
  private final RegressionSettings settings;
  private final SequentialWatch champion;
  private final SequentialWatch promise;
  private final DifferenceSequence difference;
  private long n;
  private double sumReward;
  private double sumWeight;
  private double sumWeightedReward;

  /**
   * A test without events.
   *
   * @param promised value of the deployed policy when it was promoted, in [0, 1]; empty if none was
   *     promised
   */
  public DeployedRegression(RegressionSettings settings, OptionalDouble promised) {
    promised.ifPresent(DeployedRegression::checkPromise);
    this.settings = settings;
    champion =
        new SequentialWatch(
            (1 + settings.toleratedDrop()) / 2, settings.championAlpha(), settings.changeAlpha());
    promise =
        promised.isPresent() && promised.getAsDouble() > settings.toleratedDrop()
            ? new SequentialWatch(
                1 - promised.getAsDouble() + settings.toleratedDrop(),
                settings.promiseAlpha(),
                settings.changeAlpha())
            : null;
    difference = new DifferenceSequence(settings.alpha());
  }

  private static void checkPromise(double promised) {
    if (!(promised >= 0 && promised <= 1)) {
      throw new IllegalArgumentException("promised value must be in [0, 1]: " + promised);
    }
  }

  /** X of one event for the champion: weight w of at least 0 and reward r in [0, 1]. */
  public static double observation(double weight, double reward) {
    return (1 + (weight - 1) * reward) / 2;
  }

  /** Adds one event of the deployed policy with the champion's weight. */
  public void add(double championWeight, double reward) {
    WeightedReward.check(championWeight, reward);
    addReward(reward);
    champion.add(observation(championWeight, reward));
    difference.add(championWeight, reward);
    sumWeight += championWeight;
    sumWeightedReward += championWeight * reward;
  }

  /** Adds one event of the deployed policy that the champion has no probability for. */
  public void addReward(double reward) {
    WeightedReward.check(1, reward);
    n++;
    sumReward += reward;
    if (promise != null) {
      promise.add(1 - reward);
    }
  }

  /** Events so far. */
  public long n() {
    return n;
  }

  /** Mean reward of the deployed policy; empty without events. */
  public OptionalDouble value() {
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumReward / n);
  }

  /** IPS estimate of the champion's value; empty without weighted events. */
  public OptionalDouble championValue() {
    long weighted = difference.n();
    return weighted == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumWeightedReward / weighted);
  }

  /** Mean weight of the champion, about 1 if propensities are right; empty without weights. */
  public OptionalDouble meanWeight() {
    long weighted = difference.n();
    return weighted == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumWeight / weighted);
  }

  /** Anytime interval of {@code V(champion) - V(deployed)}, at level 1 - alpha. */
  public Interval drop() {
    return difference.interval();
  }

  /** Against the champion. */
  public SequentialWatch champion() {
    return champion;
  }

  /** Against the promised value, if there is one that can be broken. */
  public Optional<SequentialWatch> promise() {
    return Optional.ofNullable(promise);
  }

  /** The settings. */
  public RegressionSettings settings() {
    return settings;
  }

  /** Writes the complete state; settings and promise are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(sumReward);
    out.writeDouble(sumWeight);
    out.writeDouble(sumWeightedReward);
    champion.write(out);
    difference.write(out);
    if (promise != null) {
      promise.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote under the same settings and promise. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    sumReward = in.readDouble();
    sumWeight = in.readDouble();
    sumWeightedReward = in.readDouble();
    champion.read(in);
    difference.read(in);
    if (promise != null) {
      promise.read(in);
    }
  }
}
