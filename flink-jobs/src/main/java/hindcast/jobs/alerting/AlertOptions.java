package hindcast.jobs.alerting;

import hindcast.alert.DeploymentRule;
import hindcast.feedback.RewardRange;
import hindcast.interval.AlphaSpending;
import hindcast.jobs.config.AlertsConfig;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.regression.RegressionSettings;
import hindcast.regression.RewardStall;
import hindcast.regression.SliceRegressions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What raising alerts needs to know.
 *
 * @param range the range rewards are scaled from
 * @param toleratedDrop of rewards scaled to [0, 1]
 * @param alpha chance of a false alarm over all deployments
 * @param criticalShare share of the value that makes a drop critical
 * @param changeEvery mean number of impressions between false alarms of changes
 * @param falseDiscoveryRate of segments
 * @param minimumSegmentEvents floor of the sample size of a segment
 * @param segments most segments tested
 * @param staleAfterMicros event time without a new version after which a line is stale; 0 for never
 * @param rewardBaseline impressions the usual share with a reward is measured on
 * @param learned the lines that learn
 */
public record AlertOptions(
    RewardRange range,
    double toleratedDrop,
    double alpha,
    double criticalShare,
    long changeEvery,
    double falseDiscoveryRate,
    long minimumSegmentEvents,
    int segments,
    long staleAfterMicros,
    long rewardBaseline,
    List<String> learned)
    implements Serializable {

  /** The options in a configuration. */
  public static AlertOptions of(PipelineConfig config) {
    AlertsConfig alerts = config.alerts();
    RewardRange range = new RewardRange(config.reward().min(), config.reward().max());
    return new AlertOptions(
        range,
        alerts.toleratedDrop() / range.scale(),
        alerts.alpha(),
        alerts.criticalShare(),
        alerts.changeEvery(),
        alerts.falseDiscoveryRate(),
        alerts.minimumSegmentEvents(),
        alerts.segments(),
        alerts.staleAfter().toMillis() * 1000,
        alerts.rewardBaseline(),
        new ArrayList<>(
            config.learning().policies().stream().map(LearningPolicyConfig::id).toList()));
  }

  /** How the k-th deployment is watched, k counted from 1. */
  DeploymentRule rule(long k) {
    return new DeploymentRule(
        new RegressionSettings(toleratedDrop, AlphaSpending.ofVersion(alpha, k), changeEvery),
        new SliceRegressions.Rule(
            toleratedDrop, falseDiscoveryRate, minimumSegmentEvents, segments),
        criticalShare);
  }

  /** A watch of joined rewards. */
  RewardStall stall() {
    return new RewardStall(rewardBaseline, changeEvery);
  }
}
