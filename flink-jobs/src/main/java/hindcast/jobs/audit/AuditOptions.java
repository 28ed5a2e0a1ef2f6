package hindcast.jobs.audit;

import hindcast.audit.AuditSettings;
import hindcast.jobs.config.AuditConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.state.MaturityTime;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What the audit of a job needs to know.
 *
 * @param maturity when the rewards of an impression are complete
 * @param reportEveryMillis event time between two looks, 0 for the end of the stream only
 * @param alpha probability that a sound log ever raises a critical finding from a test
 * @param actionCount items the logging policy chooses from where a record names no eligible set; 0:
 *     not known, as in a catalogue that grows
 * @param segmentShares share of traffic each segment was given; empty where not known
 * @param baseline events of a segment that drift is measured against
 * @param cells most (policy version, segment) pairs remembered
 * @param items most items remembered
 */
public record AuditOptions(
    MaturityTime maturity,
    long reportEveryMillis,
    double alpha,
    int actionCount,
    Map<String, Double> segmentShares,
    int baseline,
    int cells,
    int items)
    implements Serializable {

  /** The options in a configuration. */
  public static AuditOptions of(PipelineConfig config) {
    AuditConfig audit = config.audit();
    return new AuditOptions(
        new MaturityTime(config.reward().window().toMillis()),
        audit.reportEvery().toMillis(),
        audit.alpha(),
        config.propensity().actionCount(),
        new HashMap<>(audit.segmentShares()),
        audit.baseline(),
        audit.cells(),
        audit.items());
  }

  /** What the library wants to know. */
  AuditSettings settings() {
    return new AuditSettings(
        alpha,
        actionCount,
        segmentShares,
        AuditSettings.DEFAULT.rowTolerance(),
        baseline,
        cells,
        items);
  }

  /** The look that knows of a letter, by the event time of its record. */
  long lookAtLetter(long eventTime) {
    return look(maturity.of(eventTime) + 1);
  }

  /** From this watermark on a window is audited by no look before {@code look}. */
  long openFrom(long look) {
    return reportEveryMillis == 0 ? Long.MIN_VALUE : look - reportEveryMillis - 1;
  }

  /**
   * Maturity time of the first look at or after the end of a window, both in milliseconds; {@link
   * Long#MAX_VALUE} for the end of the stream.
   */
  long look(long windowEnd) {
    if (reportEveryMillis == 0) {
      return Long.MAX_VALUE;
    }
    long impressionTime = maturity.impressionTime(windowEnd);
    return maturity.of(MaturityTime.nextBoundary(impressionTime - 1, reportEveryMillis));
  }
}
