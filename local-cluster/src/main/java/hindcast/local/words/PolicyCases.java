package hindcast.local.words;

import hindcast.avro.ValueEstimate;
import hindcast.estimator.EstimatorMethod;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.SupportRule;
import hindcast.gate.GateRule;
import hindcast.gate.TestForecast;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.gate.GateSettings;
import hindcast.local.results.ResultBoard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies of a run: the logging policy first, then by name. Each is judged by SNIPS where that
 * is configured, else by the first estimator.
 */
public final class PolicyCases {
  private static final String PREFERRED = "SNIPS";
  private static final int POINTS = 120;

  private final PipelineConfig config;
  private final Map<String, LineWindows.Line> windows;
  private final LogSpan span;
  private final LearningSteps steps;

  private PolicyCases(
      PipelineConfig config, LineWindows windows, LogSpan span, LearningSteps steps) {
    this.config = config;
    this.steps = steps;
    this.windows = windows.lines();
    this.span = span;
  }

  /** The cases of a run that has ended. */
  public static List<PolicyCase> of(
      ResultBoard results, LineWindows windows, PipelineConfig config, LogSpan span) {
    PolicyCases cases =
        new PolicyCases(config, windows, span, new LearningSteps(results.checkpoints()));
    return judged(results.headlines()).stream().map(cases::of).toList();
  }

  /** Of each policy the estimate it is judged by. */
  public static List<ValueEstimate> judged(List<ValueEstimate> estimates) {
    Map<String, ValueEstimate> chosen = new LinkedHashMap<>();
    for (ValueEstimate estimate : estimates) {
      chosen.merge(
          estimate.getPolicy(),
          estimate,
          (one, other) -> other.getEstimator().equals(PREFERRED) ? other : one);
    }
    List<ValueEstimate> judged = new ArrayList<>(chosen.values());
    judged.sort(
        Comparator.comparing((ValueEstimate one) -> !one.getPolicy().equals(PolicyCase.LOGGING))
            .thenComparing(ValueEstimate::getPolicy));
    return judged;
  }

  private PolicyCase of(ValueEstimate estimate) {
    LineWindows.Line line = windows.get(estimate.getPolicy());
    if (line == null) {
      return new PolicyCase(estimate, List.of(), List.of(), Optional.empty());
    }
    EstimatorSpec spec =
        new EstimatorSpec(
            EstimatorMethod.of(estimate.getEstimator()), Map.copyOf(estimate.getParameters()));
    List<LinePoint> points = LinePoint.of(line, spec, support(), POINTS);
    var learning = steps.points(estimate.getPolicy(), line, spec, support());
    PolicyCase silent = new PolicyCase(estimate, points, learning, Optional.empty());
    return silent.isCompared()
        ? new PolicyCase(estimate, points, learning, forecast(line))
        : silent;
  }

  private Optional<TestForecast> forecast(LineWindows.Line line) {
    if (config.gates().testSize() == 0 && !span.isDated()) {
      return Optional.empty();
    }
    GateRule rule = GateSettings.of(config).rule();
    var test = LinePoint.total(line).test();
    return test.forecast(rule.plan().planned(span.perMicro(test.n())), rule.prior());
  }

  private SupportRule support() {
    return new SupportRule(
        config.evaluation().minimumRewardedEffectiveSampleSize(),
        config.evaluation().maximumEventShare());
  }
}
