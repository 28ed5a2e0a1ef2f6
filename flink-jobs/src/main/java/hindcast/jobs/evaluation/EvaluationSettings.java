package hindcast.jobs.evaluation;

import hindcast.estimator.EstimatorSpec;
import hindcast.evaluation.WindowPlan;
import hindcast.feedback.RewardRange;
import hindcast.jobs.config.EvaluatedPolicyConfig;
import hindcast.jobs.config.EvaluationConfig;
import hindcast.jobs.config.GridConfig;
import hindcast.jobs.config.LearningConfig;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.state.MaturityTime;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the evaluators of a job need to know.
 *
 * @param lines the policy lines to evaluate
 * @param estimators specifications such as {@code CIPS_CAP:cap=10}
 * @param rewardMinimum lower end of the reward range, user's unit
 * @param rewardMaximum upper end of the reward range, user's unit
 * @param rewardWindowMillis how long an impression waits for its rewards
 * @param correctionHorizonMillis how long after that an outcome can be corrected; 0 for never
 * @param learningWindowMillis length of the windows of impression time that arrive at once
 * @param reportEveryMillis event time between two reports, 0 for the end of the stream only
 * @param windows windows whose sums are stored
 * @param bySegment whether each segment is reported by itself
 * @param maximumOpenVersions versions of a line that stay open at most
 * @param minimumRewardedEffectiveSampleSize an interval needs at least this (sum wr)^2 / sum (wr)^2
 * @param maximumEventShare and no event with more than this share of sum wr or sum w
 * @param watched policies whose regression raises an alert
 * @param alpha false alarm probability of a watched policy over all time
 * @param toleratedDrop tolerated drop of the value, user's unit
 */
public record EvaluationSettings(
    List<PolicyLine> lines,
    List<String> estimators,
    double rewardMinimum,
    double rewardMaximum,
    long rewardWindowMillis,
    long correctionHorizonMillis,
    long learningWindowMillis,
    long reportEveryMillis,
    Windows windows,
    boolean bySegment,
    int maximumOpenVersions,
    double minimumRewardedEffectiveSampleSize,
    double maximumEventShare,
    List<String> watched,
    double alpha,
    double toleratedDrop)
    implements Serializable {

  /** When the rewards of an impression are complete. */
  public MaturityTime maturity() {
    return new MaturityTime(rewardWindowMillis);
  }

  /** Whether outcomes can be corrected after they were scored. */
  public boolean isRevisable() {
    return correctionHorizonMillis > 0;
  }

  /**
   * The windows whose sums are stored, see {@link WindowPlan}.
   *
   * @param lengthMillis length of a short one
   * @param longMillis length of a long one
   * @param compactAfterMillis age of a long one at which its short ones are dropped
   * @param sliding how many whole windows the sliding value is over
   * @param halfLifeMillis half-life of decayed values; 0 for none
   */
  public record Windows(
      long lengthMillis, long longMillis, long compactAfterMillis, int sliding, long halfLifeMillis)
      implements Serializable {
    WindowPlan plan() {
      return new WindowPlan(
          lengthMillis * 1000, longMillis * 1000, compactAfterMillis * 1000, sliding);
    }
  }

  /** How a line chooses. */
  public enum Kind {
    /** Versions from LEARNING. */
    LEARNED,
    /** Every eligible item alike. */
    UNIFORM,
    /** As the log did. */
    LOGGING,
    /** One item, whatever the context. */
    ALWAYS,
    /** A table of probabilities by item and segment. */
    TABLE
  }

  /**
   * One policy line.
   *
   * @param id its name
   * @param kind how it chooses
   * @param forms the forms of a learned policy; the one of ALWAYS and TABLE that is not played as
   *     it is; empty for the others
   * @param table probability by item, then segment; empty unless the kind is TABLE
   * @param item the only item; empty unless the kind is ALWAYS
   * @param grid the grid it is a candidate of; empty if it is of none
   * @param candidates all forms of all candidates of the grid; 1 without one
   */
  public record PolicyLine(
      String id,
      Kind kind,
      List<String> forms,
      Map<String, Map<String, Double>> table,
      String item,
      String grid,
      int candidates)
      implements Serializable {

    /** A line that is of no grid. */
    public PolicyLine(
        String id,
        Kind kind,
        List<String> forms,
        Map<String, Map<String, Double>> table,
        String item) {
      this(id, kind, forms, table, item, "", 1);
    }

    /** The names its estimates are published under, one for each form. */
    public List<String> policyNames() {
      if (kind != Kind.LEARNED) {
        return List.of(id);
      }
      return forms.stream().map(form -> form.equals("softmax") ? id : id + "/" + form).toList();
    }
  }

  /**
   * The settings in a configuration. Tables are read here, so that a bad one is found before the
   * job starts.
   *
   * @throws java.io.UncheckedIOException if a table cannot be read
   * @throws IllegalArgumentException if a table, an estimator or a watched policy is wrong
   */
  public static EvaluationSettings of(PipelineConfig config) {
    EvaluationConfig evaluation = config.evaluation();
    evaluation.estimators().forEach(EstimatorSpec::parse);
    ArrayList<PolicyLine> lines = new ArrayList<>();
    for (LearningPolicyConfig policy : config.learning().policies()) {
      ArrayList<String> forms = new ArrayList<>();
      policy.forms().forEach(form -> forms.add(form.text()));
      GridConfig grid = grid(config.learning(), policy.id());
      lines.add(
          new PolicyLine(
              policy.id(),
              Kind.LEARNED,
              forms,
              new HashMap<>(),
              "",
              grid == null ? "" : grid.id(),
              grid == null ? 1 : candidates(config.learning(), grid)));
    }
    for (EvaluatedPolicyConfig policy : evaluation.policies()) {
      lines.add(
          new PolicyLine(
              policy.id(),
              Kind.valueOf(policy.kind().name()),
              new ArrayList<>(policy.form().isBlank() ? List.of() : List.of(policy.form())),
              policy.kind() == EvaluatedPolicyConfig.Kind.TABLE
                  ? TableFile.read(Path.of(policy.location()))
                  : new HashMap<>(),
              policy.item()));
    }
    return new EvaluationSettings(
        lines,
        new ArrayList<>(evaluation.estimators()),
        config.reward().min(),
        config.reward().max(),
        config.reward().window().toMillis(),
        config.reward().correctionHorizon().toMillis(),
        config.learning().window().toMillis(),
        evaluation.reportEvery().toMillis(),
        new Windows(
            evaluation.window().toMillis(),
            evaluation.compactedWindow().toMillis(),
            evaluation.compactAfter().toMillis(),
            evaluation.slidingWindows(),
            evaluation.halfLife().toMillis()),
        evaluation.bySegment(),
        openVersions(config),
        evaluation.minimumRewardedEffectiveSampleSize(),
        evaluation.maximumEventShare(),
        new ArrayList<>(config.alerts().watched()),
        config.alerts().alpha(),
        config.alerts().toleratedDrop());
  }

  private static GridConfig grid(LearningConfig learning, String policy) {
    return learning.grids().stream()
        .filter(grid -> grid.policies().contains(policy))
        .findFirst()
        .orElse(null);
  }

  private static int candidates(LearningConfig learning, GridConfig grid) {
    return learning.policies().stream()
        .filter(policy -> grid.policies().contains(policy.id()))
        .mapToInt(policy -> policy.forms().size())
        .sum();
  }

  /** Versions of a line that may be open: its share of the cap over all lines. */
  private static int openVersions(PipelineConfig config) {
    int learned = config.learning().policies().size();
    int left =
        config.evaluation().maxOpenPolicies() - config.evaluation().policies().size() - learned;
    return Math.min(
        config.evaluation().maxOpenVersions(), Math.max(1, left / Math.max(1, learned)));
  }

  /** The range rewards are scaled from. */
  public RewardRange rewardRange() {
    return new RewardRange(rewardMinimum, rewardMaximum);
  }

  /** The line that publishes estimates under a name. */
  PolicyLine lineOf(String policy) {
    return lines.stream()
        .filter(line -> line.policyNames().contains(policy))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no policy line has the name " + policy));
  }

  /** The line called {@code id}. */
  public PolicyLine line(String id) {
    return lines.stream().filter(line -> line.id().equals(id)).findFirst().orElseThrow();
  }
}
