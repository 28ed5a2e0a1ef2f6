package hindcast.local.screen;

import hindcast.local.LocalMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One line for each policy in training whose gradient is watched: the estimator in use, its audits,
 * how often it gave way to a more careful or a faster one.
 */
public final class GradientLines {
  private GradientLines() {}

  /** The lines, by policy; none where sums are exact by choice. */
  public static List<String> of(LocalMetrics metrics) {
    List<String> lines = new ArrayList<>();
    metrics
        .textBy("policy", "gradientEstimator")
        .forEach(
            (policy, estimator) -> {
              Map<String, String> label = Map.of("policy", policy);
              long audits = metrics.sum("gradientAudits", label);
              if (audits > 0) {
                lines.add(
                    ("gradient of %s  %s  audits %s (error of Z %.2g last, %.2g largest)"
                            + "  stepped up %s, down %s")
                        .formatted(
                            policy,
                            estimator,
                            Numbers.count(audits),
                            metrics.max("gradientAuditError", label).orElse(0),
                            metrics.max("gradientLargestAuditError", label).orElse(0),
                            Numbers.count(metrics.sum("gradientEscalations", label)),
                            Numbers.count(metrics.sum("gradientRelaxations", label))));
              }
            });
    return lines;
  }
}
