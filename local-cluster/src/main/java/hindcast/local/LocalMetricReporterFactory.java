package hindcast.local;

import java.util.Properties;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes the metric reporter {@code hindcast-local}, which feeds {@link LocalMetrics}. */
public final class LocalMetricReporterFactory implements MetricReporterFactory {

  /** Name of the reporter in the Flink configuration. */
  public static final String NAME = "hindcast-local";

  /** Its one setting: the run whose registry it feeds. */
  public static final String RUN = "run";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new Reporter(LocalMetrics.ofRun(properties.getProperty(RUN, "")));
  }

  private record Reporter(LocalMetrics metrics) implements MetricReporter {

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
      metrics.added(metric, name, group);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
      metrics.removed(metric, name, group);
    }
  }
}
