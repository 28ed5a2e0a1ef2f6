package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * How much larger the standard error of the mean reward is when events of a cluster may depend on
 * each other:
 *
 * <pre>
 * ratio^2 = sum over clusters of (sum of (r - mean r))^2 / sum over events of (r - mean r)^2
 * </pre>
 *
 * <p>Clusters are gathered in {@value #BUCKETS} buckets by hash, each a larger cluster of
 * independent ones, which leaves the expectation as it is. Liang, Zeger, Longitudinal data analysis
 * using generalized linear models, Biometrika 73 (1986).
 */
final class ClusterDependence implements Check {
  private static final int BUCKETS = 1024;
  private static final long ENOUGH = 1000;
  private static final double EFFECTIVE_BUCKETS = 30;
  private static final double LARGEST_RATIO = 1.5;

  private final long[] events = new long[BUCKETS];
  private final double[] sums = new double[BUCKETS];
  private double squares;

  @Override
  public void add(AuditedFeedback event) {
    if (event.cluster() == null) {
      return;
    }
    int bucket = (int) Math.floorMod(Hashes.of(event.cluster()), (long) BUCKETS);
    double reward = event.feedback().reward();
    events[bucket]++;
    sums[bucket] += reward;
    squares += reward * reward;
  }

  @Override
  public void findings(List<Finding> into) {
    double n = 0;
    double sum = 0;
    double sizes = 0;
    for (int b = 0; b < BUCKETS; b++) {
      n += events[b];
      sum += sums[b];
      sizes += (double) events[b] * events[b];
    }
    if (n < ENOUGH || n * n < EFFECTIVE_BUCKETS * sizes) {
      return;
    }
    double mean = sum / n;
    double independent = squares - n * mean * mean;
    double clustered = 0;
    for (int b = 0; b < BUCKETS; b++) {
      double deviation = sums[b] - events[b] * mean;
      clustered += deviation * deviation;
    }
    if (independent <= 0) {
      return;
    }
    double ratio = Math.sqrt(clustered / independent);
    if (ratio >= LARGEST_RATIO) {
      into.add(
          Finding.of(
              FindingKind.CLUSTER_DEPENDENCE,
              Severity.WARNING,
              Evidence.of("standardErrorRatio", ratio)
                  .and("standardError", Math.sqrt(independent) / n)
                  .and("clusterRobustStandardError", Math.sqrt(clustered) / n)
                  .and("records", n)
                  .numbers()));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeDouble(squares);
    for (int b = 0; b < BUCKETS; b++) {
      out.writeLong(events[b]);
      out.writeDouble(sums[b]);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    squares = in.readDouble();
    for (int b = 0; b < BUCKETS; b++) {
      events[b] = in.readLong();
      sums[b] = in.readDouble();
    }
  }
}
