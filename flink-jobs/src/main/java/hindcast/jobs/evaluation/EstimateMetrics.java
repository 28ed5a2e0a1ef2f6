package hindcast.jobs.evaluation;

import hindcast.avro.ValueEstimate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The last estimate over all segments of the newest version of each policy, as gauges {@code
 * hindcast.evaluated.<policy>.estimator.<name>.{policyValue, policyValueLower, policyValueUpper,
 * onPolicyValue, differenceToLoggingLower, differenceToLoggingUpper, effectiveSampleSize,
 * largestWeight, meanWeight, unsupportedMass, impressions, estimatedVersion,
 * estimatedUntilSeconds}}. NaN is what an estimate does not have.
 *
 * <p>Of an estimator with parameters the label holds them: {@code CIPS_CAP cap=10}.
 */
final class EstimateMetrics {
  private static final double MICROS = 1e6;

  private final MetricGroup group;
  private final Map<String, ValueEstimate[]> shown = new HashMap<>();

  EstimateMetrics(MetricGroup operatorMetrics) {
    this.group = operatorMetrics.addGroup("hindcast");
  }

  /** Shows an estimate if it is of all segments and of no older version than the one shown. */
  void show(ValueEstimate estimate) {
    if (!estimate.getSegment().equals("*")) {
      return;
    }
    String estimator = estimator(estimate);
    ValueEstimate[] last =
        shown.computeIfAbsent(
            estimate.getPolicy() + "\n" + estimator,
            key -> register(estimate.getPolicy(), estimator));
    if (last[0] == null || estimate.getVersion() >= last[0].getVersion()) {
      last[0] = estimate;
    }
  }

  private ValueEstimate[] register(String policy, String estimator) {
    ValueEstimate[] last = new ValueEstimate[1];
    MetricGroup labelled = group.addGroup("evaluated", policy).addGroup("estimator", estimator);
    gauge(labelled, "policyValue", last, ValueEstimate::getValue);
    gauge(labelled, "policyValueLower", last, ValueEstimate::getLower);
    gauge(labelled, "policyValueUpper", last, ValueEstimate::getUpper);
    gauge(labelled, "onPolicyValue", last, ValueEstimate::getOnPolicyValue);
    gauge(labelled, "differenceToLoggingLower", last, ValueEstimate::getDifferenceLower);
    gauge(labelled, "differenceToLoggingUpper", last, ValueEstimate::getDifferenceUpper);
    gauge(labelled, "effectiveSampleSize", last, ValueEstimate::getEffectiveSampleSize);
    gauge(labelled, "largestWeight", last, ValueEstimate::getLargestWeight);
    gauge(labelled, "meanWeight", last, ValueEstimate::getMeanWeight);
    gauge(labelled, "unsupportedMass", last, ValueEstimate::getUnsupportedMass);
    gauge(labelled, "impressions", last, estimate -> (double) estimate.getN());
    gauge(labelled, "estimatedVersion", last, estimate -> (double) estimate.getVersion());
    gauge(
        labelled,
        "estimatedUntilSeconds",
        last,
        estimate -> estimate.getEventTimeMicros() / MICROS);
    return last;
  }

  private static void gauge(
      MetricGroup group,
      String name,
      ValueEstimate[] last,
      Function<ValueEstimate, Double> number) {
    group.gauge(
        name,
        (Gauge<Double>)
            () -> {
              Double value = last[0] == null ? null : number.apply(last[0]);
              return value == null ? Double.NaN : value;
            });
  }

  private static String estimator(ValueEstimate estimate) {
    StringBuilder name = new StringBuilder(estimate.getEstimator());
    estimate
        .getParameters()
        .forEach(
            (parameter, value) -> name.append(' ').append(parameter).append('=').append(value));
    return name.toString();
  }
}
