package hindcast.jobs.learning;

import hindcast.gradient.GradientDecision;
import hindcast.gradient.GradientReport;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gradient of one policy as gauges {@code gradientEstimator} (a text), {@code gradientAlarms},
 * {@code gradientAudits}, {@code gradientFailedAudits}, {@code gradientEscalations}, {@code
 * gradientRelaxations}, {@code gradientAuditError} and {@code gradientLargestAuditError}; each
 * change of the estimator is a line of the log.
 */
final class GradientMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(GradientMetrics.class);

  private final String policy;
  private GradientReport report = GradientReport.unwatched("", 0, 0);
  private long logged = -1;

  GradientMetrics(String policy, MetricGroup group) {
    this.policy = policy;
    gauge(group, "gradientEstimator", GradientReport::estimator);
    gauge(group, "gradientAlarms", GradientReport::alarms);
    gauge(group, "gradientAudits", GradientReport::audits);
    gauge(group, "gradientFailedAudits", GradientReport::failedAudits);
    gauge(group, "gradientEscalations", GradientReport::escalations);
    gauge(group, "gradientRelaxations", GradientReport::relaxations);
    gauge(group, "gradientAuditError", GradientReport::lastAuditError);
    gauge(group, "gradientLargestAuditError", GradientReport::largestAuditError);
  }

  private <T> void gauge(MetricGroup group, String name, Function<GradientReport, T> value) {
    group.gauge(name, (Gauge<T>) () -> value.apply(report));
  }

  void update(GradientReport now) {
    long changes = now.escalations() + now.relaxations();
    if (logged < 0) {
      LOG.info("Policy {}: gradient {}", policy, now.estimator());
    }
    if (changes > logged) {
      List<GradientDecision> decisions = now.decisions();
      int fresh = (int) Math.min(decisions.size(), changes - Math.max(0, logged));
      decisions.subList(decisions.size() - fresh, decisions.size()).forEach(this::log);
    }
    logged = changes;
    report = now;
  }

  private void log(GradientDecision decision) {
    LOG.warn(
        "Policy {}: gradient {} gives way to {} at minibatch {}: {}",
        policy,
        decision.from(),
        decision.to(),
        decision.minibatch(),
        decision.reason());
  }
}
