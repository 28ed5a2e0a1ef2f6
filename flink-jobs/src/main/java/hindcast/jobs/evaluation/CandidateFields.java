package hindcast.jobs.evaluation;

import hindcast.avro.ValueEstimate;
import hindcast.interval.Interval;
import hindcast.interval.NormalInterval;
import hindcast.interval.SimultaneousLevel;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;

/**
 * What a report says of a candidate of a grid: which, of how many, and its intervals at a fixed
 * time at the level that all of them hold together. The reports of other lines stay as they are.
 */
final class CandidateFields {
  private final PolicyLine line;
  private final SimultaneousLevel level;

  CandidateFields(PolicyLine line) {
    this.line = line;
    this.level = new SimultaneousLevel(line.candidates());
  }

  /** The level. */
  SimultaneousLevel level() {
    return level;
  }

  /** Sets the fields, after all others. */
  void set(ValueEstimate.Builder record) {
    if (level.candidates() == 1) {
      return;
    }
    record.setGrid(line.grid()).setCandidates(level.candidates());
    if (record.getLower() != null) {
      Interval wide = widened(record.getValue(), record.getUpper());
      record.setLower(wide.lower()).setUpper(wide.upper());
    }
    if (record.getWindowLower() != null) {
      Interval wide = widened(record.getWindowValue(), record.getWindowUpper());
      record.setWindowLower(wide.lower()).setWindowUpper(wide.upper());
    }
    if (record.getSlidingLower() != null) {
      Interval wide = widened(record.getSlidingValue(), record.getSlidingUpper());
      record.setSlidingLower(wide.lower()).setSlidingUpper(wide.upper());
    }
    if (record.getDifferenceLower() != null) {
      Interval wide = widened(record.getDifferenceToLogging(), record.getDifferenceUpper());
      record.setDifferenceLower(wide.lower()).setDifferenceUpper(wide.upper());
    }
  }

  /** The interval at this level of a value whose upper end at 95 % is known. */
  private Interval widened(double value, double upper) {
    return level.normal(value, (upper - value) / NormalInterval.Z95);
  }
}
