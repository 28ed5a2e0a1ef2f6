package hindcast.jobs.learning;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.IndexProbe;
import hindcast.catalogue.RecallProbe;
import hindcast.feedback.Context;
import hindcast.policy.PolicyParameters;
import java.util.Locale;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running recall@{@value #K} of the index one policy learns with, under the policy's own queries:
 * gauges {@code indexRecall} and {@code indexRecallAlarms}. Falling below the floor is a warning in
 * the log, once each time. Measuring changes nothing that is learned. One probe scores every item
 * once. The mean begins anew with each catalogue and after a restart.
 */
final class IndexRecall {
  private static final Logger LOG = LoggerFactory.getLogger(IndexRecall.class);
  private static final int K = 256;
  private static final int WINDOW = 50;

  private final String policy;
  private final RecallProbe running;
  private CatalogueIndexes indexes;
  private IndexProbe probe;
  private boolean alarming;

  IndexRecall(String policy, RecallSettings settings, MetricGroup group) {
    this.policy = policy;
    this.running = new RecallProbe(K, settings.floor(), WINDOW);
    group.gauge("indexRecall", (Gauge<Double>) running::recall);
    group.gauge("indexRecallAlarms", (Gauge<Long>) running::alarms);
  }

  /** Measures the query of one context. */
  void measure(IndexKind kind, CatalogueIndexes now, PolicyParameters parameters, Context context) {
    if (now != indexes) {
      indexes = now;
      probe = new IndexProbe(kind, now, K);
      running.restart();
      alarming = false;
    }
    double[] h = new double[parameters.embeddingDimension()];
    context.project(parameters.theta(), h.length, h);
    boolean below = running.add(probe.recall(h));
    if (below && !alarming) {
      LOG.warn(
          "Policy {}: recall@{} of its {} is {} over the last {} searches, below the floor: its"
              + " gradient rests on what the index misses",
          policy,
          K,
          kind.text(),
          String.format(Locale.ROOT, "%.3f", running.recall()),
          Math.min(WINDOW, running.probes()));
    } else if (alarming && !below) {
      LOG.info("Policy {}: recall@{} is above the floor again", policy, K);
    }
    alarming = below;
  }

  /** Mean recall. */
  double recall() {
    return running.recall();
  }

  /** How often it fell below the floor. */
  long alarms() {
    return running.alarms();
  }
}
