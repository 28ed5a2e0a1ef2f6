package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * At most m items of a context can have a probability above 1 / (m + 1), so
 *
 * <pre>
 * E[1{p > 1 / (m + 1)} / p] = number of such items &lt;= m,     m = 1, 2, ... 8
 * </pre>
 *
 * <p>whatever the context, and without a row. Where the likely propensity of the greedy item is
 * logged for explored ones too, the mean for m = 1 rises above 1; where one number that is no
 * probability is logged throughout, it does for the m below its inverse. The limit is put 5 %
 * higher, so that rounding up does not count.
 */
final class ExcessProbability implements Check {
  private static final int LEVELS = 8;
  private static final double MARGIN = 1.05;

  private final Family family;
  private final GridEValue[] evidence = new GridEValue[LEVELS];
  private final double[] sums = new double[LEVELS];
  private long n;

  ExcessProbability(Family family) {
    this.family = family;
    for (int m = 0; m < LEVELS; m++) {
      evidence[m] = new GridEValue();
    }
  }

  @Override
  public void add(AuditedFeedback event) {
    if (!event.hasLoggedPropensity()) {
      return;
    }
    n++;
    double p = event.propensity();
    for (int m = 1; m <= LEVELS; m++) {
      double x = p > MARGIN / (m + 1) ? 1 / p : 0;
      sums[m - 1] += x;
      evidence[m - 1].add(x / m);
    }
  }

  @Override
  public void findings(List<Finding> into) {
    Finding worst = null;
    for (int m = 1; m <= LEVELS; m++) {
      double threshold = family.threshold(m);
      double logE = evidence[m - 1].logE();
      if (logE >= threshold && (worst == null || logE > worst.evidence().get("logE"))) {
        worst =
            Finding.of(
                FindingKind.GREEDY_PROPENSITY,
                Severity.CRITICAL,
                Evidence.of("logE", logE)
                    .and("threshold", threshold)
                    .and("likelyItems", sums[m - 1] / n)
                    .and("possible", m)
                    .and("above", 1.0 / (m + 1))
                    .numbers());
      }
    }
    if (worst != null) {
      into.add(worst);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    for (int m = 0; m < LEVELS; m++) {
      out.writeDouble(sums[m]);
      evidence[m].write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    for (int m = 0; m < LEVELS; m++) {
      sums[m] = in.readDouble();
      evidence[m].read(in);
    }
  }
}
