package hindcast.audit;

import hindcast.numeric.CompensatedSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Logged rows: entries in [0, 1], a sum of 1, and the logged propensity at the shown item, each to
 * the tolerance.
 */
final class RowCheck implements Check {
  private final double tolerance;
  private long rows;
  private long broken;
  private double smallestSum = Double.POSITIVE_INFINITY;
  private double largestSum = Double.NEGATIVE_INFINITY;

  RowCheck(double tolerance) {
    this.tolerance = tolerance;
  }

  @Override
  public void add(AuditedFeedback event) {
    if (event.row() == null) {
      return;
    }
    rows++;
    double sum = sum(event.row());
    if (!isSound(event, sum)) {
      broken++;
    }
    if (Double.isFinite(sum)) {
      smallestSum = Math.min(smallestSum, sum);
      largestSum = Math.max(largestSum, sum);
    }
  }

  /** Whether the row is a distribution that agrees with the logged propensity. */
  boolean isSound(AuditedFeedback event) {
    return event.row() != null && isSound(event, sum(event.row()));
  }

  private boolean isSound(AuditedFeedback event, double sum) {
    if (!(Math.abs(sum - 1) <= tolerance)) {
      return false;
    }
    for (double p : event.row()) {
      if (!(p >= 0 && p <= 1 + tolerance)) {
        return false;
      }
    }
    int shown = event.feedback().eligibleItemIds().indexOf(event.feedback().itemId());
    if (shown < 0 || event.row()[shown] == 0) {
      return false;
    }
    return !event.hasLoggedPropensity()
        || Math.abs(event.row()[shown] / event.feedback().propensity().value() - 1) <= tolerance;
  }

  private static double sum(double[] row) {
    CompensatedSum sum = new CompensatedSum();
    for (double p : row) {
      if (!Double.isFinite(p)) {
        return Double.NaN;
      }
      sum.add(p);
    }
    return sum.value();
  }

  @Override
  public void findings(List<Finding> into) {
    if (broken == 0) {
      return;
    }
    double share = Shares.of(broken, rows);
    Evidence evidence = Evidence.of("share", share).and("records", broken);
    if (smallestSum <= largestSum) {
      evidence.and("smallestSum", smallestSum).and("largestSum", largestSum);
    }
    into.add(Finding.of(FindingKind.INVALID_ROW, Shares.wrong(share), evidence.numbers()));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(broken);
    out.writeDouble(smallestSum);
    out.writeDouble(largestSum);
  }

  @Override
  public void read(DataInput in) throws IOException {
    rows = in.readLong();
    broken = in.readLong();
    smallestSum = in.readDouble();
    largestSum = in.readDouble();
  }
}
