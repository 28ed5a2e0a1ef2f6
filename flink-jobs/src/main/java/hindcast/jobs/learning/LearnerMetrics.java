package hindcast.jobs.learning;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Gauges of the policies in training: {@code hindcast.policy.<id>.{version, steps, refusedSteps,
 * restarts, gradientNorm}}, {@code hindcast.policy.<id>.reason.<reason>.skippedFeedback} and those
 * of {@link GradientMetrics}.
 */
final class LearnerMetrics {
  private record Values(
      long[] counts,
      double[] gradientNorm,
      GradientMetrics gradient,
      Map<String, long[]> skipped) {}

  private final MetricGroup group;
  private final Map<String, Values> policies = new HashMap<>();

  LearnerMetrics(MetricGroup operatorMetrics) {
    this.group = operatorMetrics.addGroup("hindcast");
  }

  void update(String policy, Learner learner) {
    Values values = policies.computeIfAbsent(policy, this::register);
    values.counts()[0] = learner.version();
    values.counts()[1] = learner.steps();
    values.counts()[2] = learner.refusedSteps();
    values.counts()[3] = learner.restarts();
    values.gradientNorm()[0] = learner.gradientNorm();
    values.gradient().update(learner.gradient());
    learner
        .skipped()
        .forEach(
            (reason, count) ->
                values.skipped().computeIfAbsent(reason, name -> registerSkipped(policy, name))[0] =
                    count);
  }

  private Values register(String policy) {
    MetricGroup labelled = group.addGroup("policy", policy);
    Values values =
        new Values(
            new long[4], new double[1], new GradientMetrics(policy, labelled), new HashMap<>());
    labelled.gauge("version", (Gauge<Long>) () -> values.counts()[0]);
    labelled.gauge("steps", (Gauge<Long>) () -> values.counts()[1]);
    labelled.gauge("refusedSteps", (Gauge<Long>) () -> values.counts()[2]);
    labelled.gauge("restarts", (Gauge<Long>) () -> values.counts()[3]);
    labelled.gauge("gradientNorm", (Gauge<Double>) () -> values.gradientNorm()[0]);
    return values;
  }

  private long[] registerSkipped(String policy, String reason) {
    long[] count = new long[1];
    group
        .addGroup("policy", policy)
        .addGroup("reason", reason)
        .gauge("skippedFeedback", (Gauge<Long>) () -> count[0]);
    return count;
  }
}
