package hindcast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster inside this JVM with its web UI, on the loopback interface only; jobs can be
 * neither submitted nor cancelled from a browser.
 *
 * <p>Checkpoints and savepoints lie in the given directory. {@link #submit} takes up the newest of
 * them, if there is one, so a pipeline that is started again on a kept directory goes on where it
 * stopped.
 */
public final class LocalFlink implements AutoCloseable {

  private static final long CLOSE_SECONDS = 5;
  private static final int ATTEMPTS = 5;

  private final String run;
  private final MiniCluster cluster;
  private final LocalMetrics metrics;
  private final Path directory;
  private final URI webAddress;
  private boolean closed;

  private LocalFlink(
      String run, MiniCluster cluster, LocalMetrics metrics, Path directory, URI webAddress) {
    this.run = run;
    this.cluster = cluster;
    this.metrics = metrics;
    this.directory = directory;
    this.webAddress = webAddress;
  }

  /**
   * Starts the cluster.
   *
   * @param wantedWebPort port of the web UI, 0 for any free one
   * @param slots how many subtasks of one operator may run at once
   * @param directory folder for checkpoints and savepoints
   * @throws LocalStartException if the port is taken or the cluster does not come up
   */
  public static LocalFlink start(int wantedWebPort, int slots, Path directory) {
    int port = LocalPort.claim("--web-port", wantedWebPort);
    String run = UUID.randomUUID().toString();
    Configuration configuration = clusterConfiguration(port, run);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .setCommonBindAddress(LocalPort.LOOPBACK)
                .build());
    try {
      cluster.start();
      return new LocalFlink(
          run,
          cluster,
          LocalMetrics.ofRun(run),
          directory.toAbsolutePath(),
          cluster.getRestAddress().get());
    } catch (Exception e) {
      abandon(cluster, e);
      throw new LocalStartException("Flink cannot start: " + e.getMessage(), e);
    }
  }

  /** Where the web UI is. */
  public URI webAddress() {
    return webAddress;
  }

  /** The numbers of metric group hindcast, live. */
  public LocalMetrics metrics() {
    return metrics;
  }

  /**
   * A new environment whose jobs checkpoint into this cluster's directory and give up after {@value
   * #ATTEMPTS} failures in a row; see {@link #submit}.
   *
   * @param job Flink's configuration of the job
   */
  public StreamExecutionEnvironment environment(Configuration job) {
    Configuration configuration = new Configuration(job);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder("checkpoints"));
    configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepointFolder());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, ATTEMPTS);
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  /** Starts the job that was defined on {@code environment}, from the newest state there is. */
  public JobClient submit(StreamExecutionEnvironment environment, String name) {
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(name);
    newestState()
        .ifPresent(
            state ->
                graph.setSavepointRestoreSettings(
                    SavepointRestoreSettings.forPath(
                        state.toUri().toString(), false, RecoveryClaimMode.CLAIM)));
    try {
      return new MiniClusterJobClient(
          cluster.submitJob(graph).get().getJobID(),
          cluster,
          LocalFlink.class.getClassLoader(),
          MiniClusterJobClient.JobFinalizationBehavior.NOTHING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job was submitted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("job " + name + " was refused", e.getCause());
    }
  }

  /** Where {@link RunningJob#stop} should write to. */
  public String savepointFolder() {
    return folder("savepoints");
  }

  /** The newest complete checkpoint or savepoint in the directory. */
  public Optional<Path> newestState() {
    return newestState(directory);
  }

  /** The newest complete checkpoint or savepoint below a directory. */
  public static Optional<Path> newestState(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> tree = Files.walk(directory, 4)) {
      return tree.filter(path -> path.endsWith("_metadata"))
          .max(Comparator.comparingLong(LocalFlink::modified))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink did not stop cleanly", e);
    } finally {
      LocalMetrics.forget(run);
    }
  }

  private static void abandon(MiniCluster cluster, Exception reason) {
    try {
      cluster.close();
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }

  private String folder(String name) {
    return directory.resolve(name).toUri().toString();
  }

  private static Configuration clusterConfiguration(int port, String run) {
    Configuration configuration = new Configuration();
    configuration.set(JobManagerOptions.BIND_HOST, LocalPort.LOOPBACK);
    configuration.set(TaskManagerOptions.BIND_HOST, LocalPort.LOOPBACK);
    configuration.set(RestOptions.ADDRESS, LocalPort.LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LocalPort.LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, String.valueOf(port));
    configuration.set(RestOptions.PORT, port);
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.CANCEL_ENABLE, false);
    configuration.setString("metrics.reporters", LocalMetricReporterFactory.NAME);
    String prefix = "metrics.reporter." + LocalMetricReporterFactory.NAME + ".";
    configuration.setString(prefix + "factory.class", LocalMetricReporterFactory.class.getName());
    configuration.setString(prefix + LocalMetricReporterFactory.RUN, run);
    Map.of("taskmanager.memory.network.min", "128mb", "taskmanager.memory.network.max", "128mb")
        .forEach(configuration::setString);
    return configuration;
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      return Long.MIN_VALUE;
    }
  }
}
