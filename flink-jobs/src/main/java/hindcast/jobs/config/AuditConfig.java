package hindcast.jobs.config;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Section {@code audit}: whether the log is what it says, before anyone believes an estimate. */
public record AuditConfig(
    @Key(
            value = "true",
            doc =
                "Whether outcomes are audited as they come. While a critical finding stands, value"
                    + " estimates are marked unreliable.")
        boolean enabled,
    @Key(
            value = "1min",
            rule = Rule.NOT_NEGATIVE,
            doc = "Event time between two looks at what the audit has found. 0: only at the end.")
        Duration reportEvery,
    @Key(
            value = "0.001",
            rule = Rule.BETWEEN_ZERO_AND_ONE,
            doc =
                "Chance that a sound log ever raises a critical finding from a test, over all tests"
                    + " and looks.")
        double alpha,
    @Key(
            value = "{}",
            rule = Rule.ABOVE_ZERO_TO_ONE,
            doc =
                "Share of traffic each segment was given, {name: share}: tested against what"
                    + " arrives (SAMPLE_RATIO). Segments that are not named have the rest.")
        Map<String, Double> segmentShares,
    @Key(
            value = "2000",
            rule = Rule.AT_LEAST_ONE,
            doc = "Outcomes of a segment that drift is measured against, at least 100.")
        int baseline,
    @Key(
            value = "2048",
            rule = Rule.AT_LEAST_ONE,
            doc =
                "Pairs of policy version and segment that are audited by themselves at most; beyond"
                    + " it the one that was quiet longest is forgotten.")
        int cells,
    @Key(
            value = "100000",
            rule = Rule.AT_LEAST_ONE,
            doc = "Items remembered over all of them at most; further ones are not tested.")
        int items) {

  private static final int LEAST_BASELINE = 100;

  public AuditConfig {
    segmentShares = Collections.unmodifiableMap(new TreeMap<>(segmentShares));
    double sum = segmentShares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "segment-shares: " + sum + ": must sum to at most 1: what is left is for other segments");
    }
    if (baseline < LEAST_BASELINE) {
      throw new IllegalArgumentException(
          "baseline: " + baseline + ": must be at least 100: the default is 2000");
    }
  }
}
