package hindcast.local.words;

import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.StoredWindow;
import hindcast.feedback.RewardRange;
import hindcast.interval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy at one time of the log, in the user's unit.
 *
 * @param fromMicros start of the time since the point before
 * @param untilMicros impressions before this are in
 * @param all the estimate over all impressions until then
 * @param recent the estimate over those since the point before
 * @param recentReward mean reward of the log over those
 * @param difference to the logging policy over all impressions until then; its interval is absent
 *     without support
 */
public record LinePoint(
    long fromMicros,
    long untilMicros,
    Estimate all,
    Estimate recent,
    double recentReward,
    Difference difference) {

  /** A paired difference with its interval. */
  public record Difference(PointEstimate point, Optional<Interval> interval) {}

  /**
   * The points of a line, at most so many: neighbouring windows are merged.
   *
   * @param spec the estimator; points lack nothing, but their values may be absent
   */
  static List<LinePoint> of(
      LineWindows.Line line, EstimatorSpec spec, SupportRule support, int most) {
    List<StoredWindow> windows = line.windows();
    int each = Math.max(1, (windows.size() + most - 1) / most);
    List<LinePoint> points = new ArrayList<>();
    SliceSums all = null;
    for (int from = 0; from < windows.size(); from += each) {
      List<StoredWindow> group = windows.subList(from, Math.min(windows.size(), from + each));
      SliceSums recent = empty(group.get(0));
      group.forEach(window -> recent.merge(window.requireSums()));
      all = all == null ? empty(group.get(0)) : all;
      all.merge(recent);
      StoredWindow last = group.get(group.size() - 1);
      points.add(
          new LinePoint(
              group.get(0).startMicros(),
              Math.min(last.endMicros(), last.untilMicros()),
              estimate(all, spec, support).toUser(line.range()),
              estimate(recent, spec, support).toUser(line.range()),
              line.range().toUser(recent.test().loggingValue()),
              difference(all, support, line.range())));
    }
    return points;
  }

  static SliceSums total(LineWindows.Line line) {
    SliceSums total = empty(line.windows().get(0));
    line.windows().forEach(window -> total.merge(window.requireSums()));
    return total;
  }

  static SliceSums empty(StoredWindow window) {
    return new SliceSums(window.requireSums().estimates().specs());
  }

  static Estimate estimate(SliceSums sums, EstimatorSpec spec, SupportRule support) {
    return sums.estimates().estimates(support).stream()
        .filter(line -> line.spec().equals(spec))
        .map(EstimateSet.Line::estimate)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no windows were stored of " + spec));
  }

  private static Difference difference(SliceSums sums, SupportRule support, RewardRange range) {
    PointEstimate point = sums.difference();
    Optional<Interval> interval =
        support.supports(sums.estimates().weights()) ? point.interval() : Optional.empty();
    double scale = range.scale();
    return new Difference(
        point.value().isPresent()
            ? PointEstimate.of(point.n(), point.value().getAsDouble() * scale)
            : point,
        interval.map(i -> new Interval(i.lower() * scale, i.upper() * scale)));
  }
}
