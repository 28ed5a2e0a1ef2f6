package hindcast.jobs.gate;

import hindcast.feedback.RewardRange;
import hindcast.gate.DifferencePrior;
import hindcast.gate.GateRule;
import hindcast.gate.PlannedTest;
import hindcast.gate.TestLength;
import hindcast.gate.TestPlan;
import hindcast.jobs.config.GatesConfig;
import hindcast.jobs.config.PipelineConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The gates of a job. Margin and prior are in the user's unit.
 *
 * @param policies names of the policies that have one
 * @param horizonsMillis further durations of the test
 * @param automatic whether a promotion is commanded too
 */
public record GateSettings(
    ArrayList<String> policies,
    double alpha,
    double margin,
    double testShare,
    double testSize,
    long testMillis,
    ArrayList<Long> horizonsMillis,
    double testUplift,
    double testSignificance,
    double successLevel,
    double priorMean,
    double priorSd,
    double minimumEffectiveSampleSize,
    double maximumEventShare,
    double largestWeightCheck,
    long maximumAgeMillis,
    boolean automatic,
    double rewardMinimum,
    double rewardMaximum)
    implements Serializable {

  /** The gates of a configuration. */
  public static GateSettings of(PipelineConfig config) {
    GatesConfig gates = config.gates();
    ArrayList<Long> horizons = new ArrayList<>();
    gates.horizons().forEach(horizon -> horizons.add(horizon.toMillis()));
    return new GateSettings(
        new ArrayList<>(gates.policies()),
        gates.alpha(),
        gates.margin(),
        gates.testShare(),
        gates.testSize(),
        gates.testDuration().toMillis(),
        horizons,
        gates.testUplift(),
        gates.testSignificance(),
        gates.successLevel(),
        gates.priorMean(),
        gates.priorSd(),
        gates.minimumRewardedEffectiveSampleSize(),
        gates.maximumEventShare(),
        gates.largestWeightCheck(),
        gates.maximumAge().toMillis(),
        gates.automatic(),
        config.reward().min(),
        config.reward().max());
  }

  /** Whether a policy has a gate. */
  public boolean covers(String policy) {
    return policies.contains(policy);
  }

  /** From the user's unit to [0, 1] and back. */
  public RewardRange range() {
    return new RewardRange(rewardMinimum, rewardMaximum);
  }

  /** The rule, in [0, 1] units. */
  public GateRule rule() {
    double scale = range().scale();
    List<TestLength> horizons =
        horizonsMillis.stream().map(millis -> TestLength.ofMicros(1000 * millis)).toList();
    PlannedTest test =
        new PlannedTest(2, testShare, testUplift, testSignificance, -rewardMinimum / scale);
    TestLength length =
        testSize > 0 ? TestLength.ofEvents(testSize) : TestLength.ofMicros(1000 * testMillis);
    return new GateRule(
        alpha,
        margin / scale,
        new TestPlan(length, horizons, test),
        successLevel,
        priorSd > 0
            ? new DifferencePrior(priorMean / scale, priorSd / scale)
            : DifferencePrior.FLAT,
        minimumEffectiveSampleSize,
        maximumEventShare,
        largestWeightCheck,
        1000 * maximumAgeMillis);
  }
}
