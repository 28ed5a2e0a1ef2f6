package hindcast.alert;

import hindcast.alert.Condition.Subject;
import hindcast.audit.Severity;
import hindcast.regression.DeployedRegression;
import hindcast.regression.SequentialWatch;
import hindcast.regression.SliceRegressions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Watches one deployment on its own traffic, from its promotion to the next: {@link
 * DeployedRegression} for the whole, {@link SliceRegressions} for segments, and what a drop is made
 * of. {@link #conditions} says what holds now.
 *
 * <p>Order matters and states do not merge.
 */
public final class DeployedWatch {
  private final Subject deployed;
  private final String champion;
  private final DeploymentRule rule;
  private final double promised;
  private final DeployedRegression regression;
  private final SliceRegressions slices;
  private final DropExplanation belowChampion = new DropExplanation();
  private final DropExplanation belowPromise = new DropExplanation();

  /**
   * A watch without events.
   *
   * @param deployed the policy version that serves
   * @param champion what served before, {@code id@version}; {@code ""} for nothing
   * @param promised value the deployed version was promoted for, in [0, 1]; empty for none
   */
  public DeployedWatch(
      Subject deployed, String champion, DeploymentRule rule, OptionalDouble promised) {
    this.deployed = deployed;
    this.champion = champion;
    this.rule = rule;
    this.promised = promised.orElse(0);
    this.regression = new DeployedRegression(rule.regression(), promised);
    this.slices = new SliceRegressions(rule.slices());
  }

  /**
   * Adds one event the deployed version served.
   *
   * @param championWeight importance weight of the champion; NaN where it has none
   */
  public void add(
      double championWeight, double reward, String segment, String item, long timeMicros) {
    if (Double.isNaN(championWeight)) {
      regression.addReward(reward);
    } else {
      regression.add(championWeight, reward);
      slices.add(segment, championWeight, reward);
      belowChampion.add(segment, item, timeMicros, (championWeight - 1) * reward);
    }
    if (regression.promise().isPresent()) {
      belowPromise.add(segment, item, timeMicros, promised - reward);
    }
  }

  /** Everything that holds now. */
  public List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    championConditions(conditions);
    regression.promise().ifPresent(promise -> promiseConditions(promise, conditions));
    return conditions;
  }

  private void championConditions(List<Condition> conditions) {
    SequentialWatch watch = regression.champion();
    if (watch.test().rejected()) {
      conditions.add(
          condition(
              AlertKind.VALUE_BELOW_CHAMPION,
              championSeverity(),
              watch.test().n(),
              watch.test().logE(),
              watch.test().threshold(),
              belowChampion,
              String.format(
                  Locale.ROOT,
                  "%s earns less than %s would on the same traffic: %s below after %d impressions.",
                  name(),
                  champion,
                  number(belowChampion.drop()),
                  watch.test().n())));
    }
    if (watch.change().alarmed()) {
      conditions.add(sudden(watch, "champion", belowChampion, champion));
    }
    for (SliceRegressions.Found found : slices.found()) {
      conditions.add(slice(found));
    }
  }

  private void promiseConditions(SequentialWatch watch, List<Condition> conditions) {
    if (watch.test().rejected()) {
      conditions.add(
          condition(
              AlertKind.VALUE_BELOW_PROMISE,
              promiseSeverity(),
              watch.test().n(),
              watch.test().logE(),
              watch.test().threshold(),
              belowPromise,
              String.format(
                  Locale.ROOT,
                  "%s earns %s on average after %d impressions; it was promoted for %s.",
                  name(),
                  number(regression.value().orElse(0)),
                  watch.test().n(),
                  number(promised))));
    }
    if (watch.change().alarmed()) {
      conditions.add(sudden(watch, "promise", belowPromise, "the promised value"));
    }
  }

  private Severity championSeverity() {
    double value = regression.championValue().orElse(0);
    boolean critical = value > 0 && regression.drop().lower() >= rule.criticalShare() * value;
    return critical ? Severity.CRITICAL : Severity.WARNING;
  }

  private Severity promiseSeverity() {
    double limit = (1 - rule.criticalShare()) * promised;
    return regression.value().orElse(promised) <= limit ? Severity.CRITICAL : Severity.WARNING;
  }

  private Condition sudden(
      SequentialWatch watch, String detail, DropExplanation drop, String comparedTo) {
    long ago = watch.change().n() - watch.change().beganAt() + 1;
    return new Condition(
        AlertKind.SUDDEN_DROP,
        Severity.CRITICAL,
        new Subject(deployed.policy(), deployed.version(), deployed.segment(), detail),
        watch.change().n(),
        watch.change().logM(),
        watch.change().threshold(),
        evidence(),
        drop.largest(),
        name() + " fell below " + comparedTo + " about " + ago + " impressions ago.");
  }

  private Condition slice(SliceRegressions.Found found) {
    return new Condition(
        AlertKind.SLICE_BELOW_CHAMPION,
        Severity.WARNING,
        new Subject(deployed.policy(), deployed.version(), found.segment(), ""),
        found.n(),
        found.logEvidence(),
        found.threshold(),
        Map.of(),
        List.of(),
        name()
            + " earns less than "
            + champion
            + " would in segment "
            + found.segment()
            + ", after "
            + found.n()
            + " impressions there.");
  }

  private Condition condition(
      AlertKind kind,
      Severity severity,
      long n,
      double logEvidence,
      double threshold,
      DropExplanation drop,
      String message) {
    return new Condition(
        kind, severity, deployed, n, logEvidence, threshold, evidence(), drop.largest(), message);
  }

  private Map<String, Double> evidence() {
    Map<String, Double> evidence = new LinkedHashMap<>();
    regression.value().ifPresent(value -> evidence.put("value", value));
    if (regression.championValue().isPresent()) {
      evidence.put("championValue", regression.championValue().getAsDouble());
      evidence.put("dropLower", regression.drop().lower());
      evidence.put("dropUpper", regression.drop().upper());
      evidence.put("championMeanWeight", regression.meanWeight().orElse(0));
    }
    regression.promise().ifPresent(promise -> evidence.put("promisedValue", promised));
    return evidence;
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.4g", x);
  }

  private String name() {
    return deployed.policy() + "@" + deployed.version();
  }

  /** Writes the complete state; what the watch was made with is not part of it. */
  public void write(DataOutput out) throws IOException {
    regression.write(out);
    slices.write(out);
    belowChampion.write(out);
    belowPromise.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    regression.read(in);
    slices.read(in);
    belowChampion.read(in);
    belowPromise.read(in);
  }
}
