package hindcast.jobs.evaluation;

import hindcast.avro.ValueEstimate;
import hindcast.estimator.Disagreement;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.SliceSequences;
import hindcast.evaluation.SliceSums;
import hindcast.feedback.RewardRange;
import hindcast.interval.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an estimate says beside the cumulative value: of the last windows, against the logging
 * policy, at all times, and how far the estimators agree. Worked out once for all estimators of a
 * slice.
 */
final class RunningFields {
  private final RewardRange range;
  private final boolean supported;
  private final PointEstimate difference;
  private final Optional<Interval> sequence;
  private final Optional<Interval> differenceSequence;
  private final OptionalDouble disagreement;
  private final OptionalDouble unsupportedMass;
  private final List<PointEstimate> decayed;
  private final List<EstimateSet.Line> window;
  private final List<EstimateSet.Line> sliding;
  private final long corrections;

  /**
   * @param total sums over all outcomes
   * @param lines their estimates
   * @param window over the last whole window, if there is one
   * @param sliding over the last few, if there are any
   * @param sequences null where none are kept
   * @param corrections how many corrections are in the sums and not in the sequences
   */
  RunningFields(
      RewardRange range,
      SupportRule support,
      SliceSums total,
      List<EstimateSet.Line> lines,
      Optional<SliceSums> window,
      Optional<SliceSums> sliding,
      SliceSequences sequences,
      long corrections) {
    this.range = range;
    this.supported = support.supports(total.estimates().weights());
    this.difference = total.difference();
    this.sequence = sequences == null ? Optional.empty() : sequences.value();
    this.differenceSequence = sequences == null ? Optional.empty() : sequences.difference();
    this.disagreement = Disagreement.of(lines);
    this.unsupportedMass = total.estimates().weights().unsupportedMass();
    this.decayed = total.decayed();
    this.window = lines(window, support);
    this.sliding = lines(sliding, support);
    this.corrections = corrections;
  }

  private static List<EstimateSet.Line> lines(Optional<SliceSums> sums, SupportRule support) {
    return sums.map(some -> some.estimates().estimates(support)).orElse(List.of());
  }

  /** Sets the fields of the estimator at this place of the configuration. */
  void set(ValueEstimate.Builder record, int estimator) {
    record
        .setDifferenceToLogging(scaled(difference.value()))
        .setDifferenceStandardError(scaled(difference.standardError()))
        .setUnsupportedMass(SliceEstimates.orNull(unsupportedMass))
        .setDisagreement(SliceEstimates.orNull(disagreement))
        .setCorrectionsLeftOut(corrections);
    (supported ? difference.interval() : Optional.<Interval>empty())
        .ifPresent(
            interval ->
                record
                    .setDifferenceLower(interval.lower() * range.scale())
                    .setDifferenceUpper(interval.upper() * range.scale()));
    differenceSequence.ifPresent(
        interval ->
            record
                .setDifferenceSequenceLower(interval.lower() * range.scale())
                .setDifferenceSequenceUpper(interval.upper() * range.scale()));
    sequence.ifPresent(
        interval ->
            record
                .setSequenceLower(range.toUser(interval.lower()))
                .setSequenceUpper(range.toUser(interval.upper())));
    if (!decayed.isEmpty()) {
      record
          .setDecayedValue(user(decayed.get(estimator).value()))
          .setDecayedStandardError(scaled(decayed.get(estimator).standardError()));
    }
    if (!window.isEmpty()) {
      var last = window.get(estimator).estimate().toUser(range);
      record
          .setWindowN(last.n())
          .setWindowValue(SliceEstimates.orNull(last.value()))
          .setWindowLower(SliceEstimates.orNull(last.lower()))
          .setWindowUpper(SliceEstimates.orNull(last.upper()));
    }
    if (!sliding.isEmpty()) {
      var last = sliding.get(estimator).estimate().toUser(range);
      record
          .setSlidingN(last.n())
          .setSlidingValue(SliceEstimates.orNull(last.value()))
          .setSlidingLower(SliceEstimates.orNull(last.lower()))
          .setSlidingUpper(SliceEstimates.orNull(last.upper()));
    }
  }

  private Double scaled(OptionalDouble x) {
    return x.isPresent() ? x.getAsDouble() * range.scale() : null;
  }

  private Double user(OptionalDouble x) {
    return x.isPresent() ? range.toUser(x.getAsDouble()) : null;
  }
}
