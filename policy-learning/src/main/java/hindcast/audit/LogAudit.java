package hindcast.audit;

import hindcast.estimator.WeightMoments;
import hindcast.feedback.Rejection;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The audit of a log: outcomes go in one at a time, in order of event time, and findings can be
 * asked for at any time.
 *
 * <p>Two sorts of findings are critical. Structural faults, such as rows that do not sum to 1,
 * which a sound log does not have, are from 2 % of the records. Statistical ones come from
 * e-values, all of one family: whatever the number of segments, items, policies and looks, a sound
 * log ever raises one with probability at most {@link AuditSettings#alpha()}. A test stands or
 * falls with all events so far; a log that was repaired loses the finding as evidence to the
 * contrary comes in.
 *
 * <p>What is not known is not tested: a record without a logged propensity only counts as missing,
 * rows are looked at where there are rows, shares of traffic where they are configured.
 *
 * <p>Memory is bounded by {@link AuditSettings#cells()} and {@link AuditSettings#items()}. Order
 * matters and states do not merge: one instance for each stream, or part of one, with alpha divided
 * by the number of parts.
 */
public final class LogAudit {
  private static final int FORMAT = 2;
  private static final int ITEM_TESTS = 10;

  /** Tests of the group of mean weights that are of the typical policies. */
  static final int TYPICAL_TESTS = 2;

  private final RecordCheck records = new RecordCheck();
  private final JoinCheck join = new JoinCheck();
  private final PolicyWeights policies;
  private final TypicalPolicies typical;
  private final List<Check> checks = new ArrayList<>();

  /** An audit without events. */
  public LogAudit(AuditSettings settings) {
    Family family = new Family(settings.alpha());
    policies = new PolicyWeights(family, TYPICAL_TESTS + 1, 1, settings.cells(), true);
    RowCheck rows = new RowCheck(settings.rowTolerance());
    checks.add(records);
    checks.add(join);
    checks.add(rows);
    checks.add(new ExcessProbability(family));
    checks.add(new ItemWeights(family, Math.max(1, settings.items() / ITEM_TESTS)));
    checks.add(new Calibration(settings, family, rows));
    checks.add(new ContextCalibration(family));
    checks.add(new SampleRatio(family, settings.segmentShares()));
    checks.add(new ClusterDependence());
    checks.add(new PropensityValues());
    checks.add(new DriftWatch(settings));
    typical = new TypicalPolicies(settings, new PolicyWeights(family, 1, 1, TYPICAL_TESTS, false));
    checks.add(typical);
  }

  /** Takes the next outcome. */
  public void add(AuditedFeedback event) {
    for (Check check : checks) {
      check.add(event);
    }
  }

  /**
   * Takes what an evaluated policy makes of an outcome, for a logged propensity only.
   *
   * @param policy its name, {@code id} or {@code id@version}
   * @param weight w, finite and at least 0
   * @param reward r, in [0, 1]
   */
  public void addPolicy(String policy, double weight, double reward) {
    if (!(weight >= 0 && weight < 1e100)) {
      throw new IllegalArgumentException(
          "weight must be finite and at least 0: " + weight + " (policy " + policy + ")");
    }
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException(
          "reward must be in [0, 1]: " + reward + " (policy " + policy + ")");
    }
    policies.add(policy, weight, reward);
  }

  /** Counts a refused impression. */
  public void reject(Rejection reason) {
    reject(reason, 1);
  }

  /** Counts refused impressions, at least 0. */
  public void reject(Rejection reason, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0: " + count);
    }
    records.reject(reason, count);
  }

  /** Replaces what is known of the join by the counts so far. */
  public void join(JoinCounts counts) {
    join.counts(counts);
  }

  /** Moments of the weights of an evaluated policy; empty ones where nothing was added. */
  public WeightMoments weights(String policy) {
    return policies.moments(policy);
  }

  /**
   * Moments of the weights of the uniform policy over what could be shown; empty ones where neither
   * eligible sets nor the size of the catalogue are known.
   */
  public WeightMoments uniformWeights() {
    return typical.moments(TypicalPolicies.UNIFORM);
  }

  /**
   * Moments of the weights of the policy that shows the item that was best in its segment so far.
   */
  public WeightMoments greedyWeights() {
    return typical.moments(TypicalPolicies.GREEDY);
  }

  /** Outcomes so far. */
  public long n() {
    return records.accepted();
  }

  /** What stands now, most severe first. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    policies.findings(findings);
    for (Check check : checks) {
      check.findings(findings);
    }
    findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::kind));
    return findings;
  }

  /**
   * Names of the critical findings that make estimates of a policy unreliable: those about it, and
   * those about no policy in particular. Each name once.
   */
  public List<String> unreliable(String policy) {
    return unreliable(findings(), policy);
  }

  /** The same of findings that were asked for before. */
  public List<String> unreliable(List<Finding> findings, String policy) {
    return findings.stream()
        .filter(Finding::isCritical)
        .filter(f -> concerns(f, policy))
        .map(Finding::name)
        .distinct()
        .toList();
  }

  /** A policy's own weights concern itself; what is wrong with the log concerns everybody. */
  private boolean concerns(Finding finding, String policy) {
    return finding.kind() != FindingKind.MEAN_WEIGHT
        || policies.moments(finding.policy()).n() == 0
        || finding.policy().equals(policy);
  }

  /** Writes the complete state; settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    policies.write(out);
    for (Check check : checks) {
      check.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote under the same settings. */
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("audit state must have format " + FORMAT + ": " + format);
    }
    policies.read(in);
    for (Check check : checks) {
      check.read(in);
    }
  }
}
