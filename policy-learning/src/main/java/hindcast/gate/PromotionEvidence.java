package hindcast.gate;

import hindcast.estimator.WeightMoments;
import hindcast.interval.AlphaSpending;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one candidate of a policy line, and the verdict of the line's gate on it at any
 * time.
 *
 * <ul>
 *   <li>{@link GateOutcome#PROMOTE}: every {@link GateCondition} holds;
 *   <li>{@link GateOutcome#REJECT}: the upper end of the interval is below the margin, and neither
 *       the weight check nor a critical finding says that propensities are wrong;
 *   <li>{@link GateOutcome#HOLD}: otherwise.
 * </ul>
 *
 * <p>The interval of the k-th candidate is a {@link DifferenceSequence} at level α_k = 6 α / (π²
 * k²), whose sum over all candidates is α. So the probability that a gate ever promotes any
 * candidate whose difference is not above the margin, however often it is asked and however many
 * candidates follow each other, is at most α / 2. The other conditions only take away promotions.
 *
 * <p>Outcomes must come in order and be later than the candidate's training cut; states do not
 * merge.
 */
public final class PromotionEvidence {
  private static final int FORMAT = 1;
  private static final int MOST_GAPS = 5;

  private final GateRule rule;
  private final long candidate;
  private final double level;
  private final DifferenceSequence difference;
  private final WeightMoments weights = new WeightMoments();
  private final TestEvidence test = new TestEvidence();
  private final SupportShares segments = new SupportShares();
  private final SupportShares items = new SupportShares();
  private long oldestMicros = Long.MAX_VALUE;
  private long newestMicros = Long.MIN_VALUE;

  /**
   * No outcomes yet.
   *
   * @param candidate which candidate of the line this is, from 1
   */
  public PromotionEvidence(GateRule rule, long candidate) {
    this.rule = rule;
    this.candidate = candidate;
    level = AlphaSpending.ofVersion(rule.alpha(), candidate);
    difference = new DifferenceSequence(level);
  }

  /**
   * Adds one outcome.
   *
   * @param weight w, at least 0
   * @param reward in [0, 1]
   */
  public void add(long timeMicros, String segment, String item, double weight, double reward) {
    difference.add(weight, reward);
    weights.add(weight, reward);
    test.add(weight, reward);
    segments.add(segment, weight);
    items.add(item, weight);
    oldestMicros = Math.min(oldestMicros, timeMicros);
    newestMicros = Math.max(newestMicros, timeMicros);
  }

  /** Which candidate of the line this is. */
  public long candidate() {
    return candidate;
  }

  /** Outcomes so far. */
  public long n() {
    return weights.n();
  }

  /** The anytime interval of the difference. */
  public Interval interval() {
    return difference.interval();
  }

  /**
   * The verdict.
   *
   * @param nowMicros event time of the question
   * @param findings names of the critical findings that stand
   */
  public GateDecision decide(long nowMicros, List<String> findings) {
    Interval interval = difference.interval();
    Optional<TestForecast> planned = test.forecast(rule.plan().planned(perMicro()), rule.prior());
    List<GateCheck> checks = checks(nowMicros, findings, interval, planned);
    GateOutcome outcome = outcome(checks, interval);
    boolean holds = outcome == GateOutcome.HOLD;
    return new GateDecision(
        outcome,
        candidate,
        level,
        spent(),
        n(),
        1e6 * perMicro(),
        test.loggingValue(),
        test.difference(),
        test.differenceError(),
        weights.effectiveSampleSize(),
        interval,
        forecasts(),
        checks,
        findings,
        holds ? segments.gaps(MOST_GAPS) : List.of(),
        holds ? items.gaps(MOST_GAPS) : List.of(),
        holds ? new EventsMissing(rule, difference, weights, planned).count() : 0);
  }

  private List<GateCheck> checks(
      long nowMicros, List<String> findings, Interval interval, Optional<TestForecast> planned) {
    double success = planned.map(TestForecast::successProbability).orElse(0.0);
    double eventShare = Math.max(weights.largestRewardedShare(), weights.largestWeightShare());
    double age = n() == 0 ? Double.POSITIVE_INFINITY : (nowMicros - newestMicros) / 1e6;
    return List.of(
        GateCheck.above(GateCondition.LOWER_BOUND, interval.lower(), rule.margin()),
        GateCheck.within(GateCondition.SUCCESS_PROBABILITY, success, rule.successLevel()),
        GateCheck.within(
            GateCondition.EFFECTIVE_SAMPLE_SIZE,
            weights.rewardedEffectiveSampleSize(),
            rule.minimumEffectiveSampleSize()),
        GateCheck.within(GateCondition.LARGEST_EVENT_SHARE, eventShare, rule.maximumEventShare()),
        GateCheck.within(
            GateCondition.WEIGHT_CHECK, Math.abs(weights.weightCheck()), rule.largestWeightCheck()),
        GateCheck.within(GateCondition.CRITICAL_FINDINGS, findings.size(), 0),
        GateCheck.above(GateCondition.ESTIMATORS_AGREE, smallestDifference(), rule.margin()),
        GateCheck.within(GateCondition.AGE_OF_DATA, age, rule.maximumAgeMicros() / 1e6));
  }

  private double smallestDifference() {
    double total = weights.moments().sumX();
    double selfNormalised = total == 0 ? 0 : weights.moments().sumY() / total;
    return Math.min(test.difference(), selfNormalised - test.loggingValue());
  }

  private GateOutcome outcome(List<GateCheck> checks, Interval interval) {
    if (checks.stream().allMatch(GateCheck::passed)) {
      return GateOutcome.PROMOTE;
    }
    boolean trusted =
        checks.stream().allMatch(check -> check.passed() || !check.condition().concernsTrust());
    return trusted && interval.upper() < rule.margin() ? GateOutcome.REJECT : GateOutcome.HOLD;
  }

  private List<TestForecast> forecasts() {
    return rule.plan().all(perMicro()).stream()
        .flatMap(one -> test.forecast(one, rule.prior()).stream())
        .toList();
  }

  /** Events of the log per microsecond; 0 where they have no extent in time. */
  private double perMicro() {
    return newestMicros > oldestMicros ? (n() - 1) / ((double) newestMicros - oldestMicros) : 0;
  }

  private double spent() {
    double spent = 0;
    for (long k = 1; k <= candidate; k++) {
      spent += AlphaSpending.ofVersion(rule.alpha(), k);
    }
    return spent;
  }

  /** Writes the complete state; the rule and the candidate's number are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    difference.write(out);
    weights.write(out);
    test.write(out);
    segments.write(out);
    items.write(out);
    out.writeLong(oldestMicros);
    out.writeLong(newestMicros);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("state of a gate must have format " + FORMAT + ": " + format);
    }
    difference.read(in);
    weights.read(in);
    test.read(in);
    segments.read(in);
    items.read(in);
    oldestMicros = in.readLong();
    newestMicros = in.readLong();
  }
}
