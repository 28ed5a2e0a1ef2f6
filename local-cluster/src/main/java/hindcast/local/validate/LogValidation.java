package hindcast.local.validate;

import hindcast.audit.AuditSettings;
import hindcast.audit.AuditedFeedback;
import hindcast.audit.DelayQuantiles;
import hindcast.audit.Finding;
import hindcast.audit.FindingKind;
import hindcast.audit.JoinCounts;
import hindcast.audit.LogAudit;
import hindcast.audit.Severity;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogScan;
import hindcast.estimator.Estimate;
import hindcast.estimator.SupportRule;
import hindcast.feedback.Reject;
import hindcast.feedback.RewardRange;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.evaluation.EvaluationSettings;
import hindcast.jobs.feedback.FeedbackTopology;
import hindcast.numeric.Moments;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Everything that is learned of a log in one pass, in bounded memory: counts, refusals, the join,
 * the audit, and what the log is good for with each policy. {@link #add} every entry, {@link #end},
 * then ask.
 *
 * <p>Deferred actions that were not taken are refused but are no fault of the log, and a reward
 * without its decision is one of the join.
 */
final class LogValidation {
  private final LogScan scan;
  private final RewardRange range;
  private final SupportRule rule;
  private final Duration window;
  private final Refusals refusals = new Refusals();
  private final Frequencies segments = new Frequencies();
  private final Frequencies items = new Frequencies();
  private final Frequencies servedBy = new Frequencies();
  private final DelayQuantiles delayMicros = new DelayQuantiles();
  private final LogAudit audit;
  private final List<PolicyUse> policies;
  private final LogJoin join;
  private long lines;
  private long rewarded;
  private long withoutPropensity;
  private List<Finding> found = List.of();
  private final Moments rewards = new Moments();

  LogValidation(PipelineConfig config, LogScan scan) {
    this.scan = scan;
    this.range = FeedbackTopology.rewardRange(config);
    this.rule =
        new SupportRule(
            config.evaluation().minimumRewardedEffectiveSampleSize(),
            config.evaluation().maximumEventShare());
    this.window = config.reward().window();
    int catalogueSize = Math.max(1, scan.items().size());
    this.audit =
        new LogAudit(
            AuditSettings.DEFAULT
                .withCatalogueSize(catalogueSize)
                .withSegmentShares(config.audit().segmentShares()));
    this.policies = Policies.of(EvaluationSettings.of(config).lines(), catalogueSize);
    this.join =
        new LogJoin(
            config.reward().formula(),
            config.propensity().floor(),
            window.toMillis() * 1000,
            scan.disorderMicros(),
            refusals,
            this::outcome);
  }

  void add(LogEntry entry) {
    lines++;
    if (entry.isRejected()) {
      refused(entry.line(), entry.reject());
      return;
    }
    Impression impression = entry.impression();
    Reject reject = join.add(entry);
    if (reject != null) {
      refused(entry.line(), reject);
      return;
    }
    segments.add(impression.getSegment());
    items.add(impression.getItemId());
    servedBy.add(impression.getPolicyId() + "@" + impression.getPolicyVersion());
    rewarded += entry.rewards().isEmpty() ? 0 : 1;
    for (Reward reward : entry.rewards()) {
      delayMicros.add(Math.max(0, reward.getEventTimeMicros() - impression.getEventTimeMicros()));
    }
  }

  private void refused(long line, Reject reject) {
    refusals.add(line, reject);
    switch (reject.reason()) {
      case NO_IMPRESSION -> join.orphan();
      case NOT_ACTIVATED -> {}
      default -> audit.reject(reject.reason());
    }
  }

  private void outcome(AuditedFeedback event) {
    audit.add(event);
    rewards.add(event.feedback().reward());
    if (!event.hasLoggedPropensity()) {
      withoutPropensity++;
      return;
    }
    for (PolicyUse policy : policies) {
      policy.add(event.feedback(), audit);
    }
  }

  /** No more entries come. */
  void end() {
    join.end();
    audit.join(join.counts());
    found = audit.findings();
  }

  LogScan scan() {
    return scan;
  }

  RewardRange range() {
    return range;
  }

  /** The reward window. */
  Duration window() {
    return window;
  }

  Refusals refusals() {
    return refusals;
  }

  Frequencies segments() {
    return segments;
  }

  Frequencies items() {
    return items;
  }

  /** {@code id@version} of the policies that served. */
  Frequencies servedBy() {
    return servedBy;
  }

  /** From an impression to each of its rewards, in microseconds. */
  DelayQuantiles delayMicros() {
    return delayMicros;
  }

  List<PolicyUse> policies() {
    return policies;
  }

  JoinCounts joinCounts() {
    return join.counts();
  }

  long duplicates() {
    return join.duplicates();
  }

  /** Lines read, refused ones included. */
  long lines() {
    return lines;
  }

  /** Impressions with a reward on their line. */
  long rewarded() {
    return rewarded;
  }

  /** Outcomes without a logged propensity, which no policy is tried on. */
  long withoutPropensity() {
    return withoutPropensity;
  }

  /** The value of a policy on this log. */
  Estimate valueOf(PolicyUse policy) {
    return policy.value(rule, range);
  }

  /**
   * What the audit found; a typical policy that the log does not support is no finding, one that
   * was asked for is.
   */
  List<Finding> findings() {
    return found.stream()
        .filter(finding -> !isSupport(finding.kind()) || isAsked(finding.policy()))
        .toList();
  }

  private boolean isAsked(String policy) {
    return policies.stream().anyMatch(p -> p.isAsked() && p.name().equals(policy));
  }

  private static boolean isSupport(FindingKind kind) {
    return kind == FindingKind.LITTLE_SUPPORT || kind == FindingKind.UNSUPPORTED_MASS;
  }

  /** Names of the critical findings because of which the value of a policy is not to be trusted. */
  List<String> unreliable(String policy) {
    return audit.unreliable(found, policy);
  }

  /** Whether there is no finding beyond information. */
  boolean isSound() {
    return findings().stream().allMatch(finding -> finding.severity() == Severity.INFO);
  }

  /** Mean reward of the log, in the user's unit. */
  OptionalDouble meanReward() {
    return rewards.n() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(range.toUser(rewards.mean()));
  }

  /** The difference to be told: the one asked for, else a tenth of the mean reward. */
  double difference(double asked) {
    return asked > 0 ? asked : Math.abs(meanReward().orElse(0)) / 10;
  }
}
