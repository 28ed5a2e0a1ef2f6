package hindcast.local.cluster;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.Topics;
import hindcast.local.LocalPort;
import hindcast.local.LocalStartException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;

/**
 * The processes of a cluster and what can be done to them. They outlive this object and this JVM:
 * {@link #open} finds them again by the folder.
 *
 * <p>Everything listens on the loopback interface. Not thread-safe, and one command at a time may
 * change a folder.
 */
public final class ProcessCluster {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 200;
  private static final int PARTITIONS = 2;

  private final ClusterFolder folder;
  private final ClusterSettings settings;
  private final List<ClusterNode> nodes;

  private ProcessCluster(ClusterFolder folder, ClusterSettings settings, List<ClusterNode> nodes) {
    this.folder = folder;
    this.settings = settings;
    this.nodes = new ArrayList<>(nodes);
  }

  /**
   * Starts a cluster in an empty folder and returns when the brokers answer, the topics are made
   * and every TaskManager has registered.
   *
   * @throws LocalStartException if the folder is used, or a process does not come up
   */
  public static ProcessCluster up(Path directory, ClusterSettings settings) {
    ClusterFolder folder = new ClusterFolder(directory);
    if (folder.exists()) {
      throw new LocalStartException(
          "there is a cluster in " + folder.root() + ": take it down, or name another with --dir");
    }
    requireEmpty(folder.root());
    List<ClusterNode> nodes = new ArrayList<>(new KafkaNodes(folder, settings).nodes());
    nodes.addAll(new FlinkNodes(folder, settings).nodes());
    ProcessCluster cluster = new ProcessCluster(folder, settings, nodes);
    try {
      nodes.forEach(node -> cluster.start(node.name()));
      cluster.awaitReady();
      cluster.createTopics();
    } catch (RuntimeException e) {
      cluster.killAll();
      throw e;
    }
    return cluster;
  }

  /** The cluster of a folder. */
  public static ProcessCluster open(Path directory) {
    ClusterFolder folder = new ClusterFolder(directory);
    ClusterFolder.Contents contents = folder.read();
    return new ProcessCluster(folder, contents.settings(), contents.nodes());
  }

  /** Every process, running or not, in the order they were started first. */
  public List<ClusterNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The process of that name. */
  public ClusterNode node(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LocalStartException(
                    "there is no "
                        + name
                        + " in the cluster: choose one of "
                        + nodes.stream().map(ClusterNode::name).toList()));
  }

  /** What Kafka clients connect to: the links. */
  public String bootstrapServers() {
    return nodes.stream()
        .filter(node -> node.role() == NodeRole.LINK)
        .map(node -> LocalPort.LOOPBACK + ":" + node.port())
        .collect(Collectors.joining(","));
  }

  /** A folder of the cluster that every process reaches. */
  public Path folder(String name) {
    return folder.folder(name);
  }

  /** What a process has printed. */
  public Path log(String name) {
    return folder.log(node(name).name());
  }

  /** Flink as a client sees it. */
  public FlinkClient flink() {
    return new FlinkClient(FlinkNodes.clientConfiguration(folder));
  }

  /**
   * Submits the pipeline with Flink's own client, between the cluster's topics and with its state
   * in the cluster's folder.
   *
   * @param savepoint to start from, or null
   * @param arguments of the job: {@code --config FILE}, {@code --set KEY=VALUE}
   * @throws LocalStartException with what the client printed if it was refused
   */
  public JobID submit(String savepoint, List<String> arguments) {
    List<String> all = new ArrayList<>();
    Map.of(
            "kafka.bootstrap-servers", bootstrapServers(),
            "checkpoint-store.directory", folder("policies").toString(),
            "catalogue.store-directory", folder("catalogue").toString(),
            "job.checkpoint-directory", folder("checkpoints").toUri().toString())
        .forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
    all.addAll(arguments);
    return JobSubmission.run(folder, savepoint, all);
  }

  /** Starts a process that does not run. */
  public void start(String name) {
    ClusterNode node = node(name);
    if (node.isAlive()) {
      throw new LocalStartException(name + " runs already, process " + node.pid());
    }
    File log = folder.log(name).toFile();
    try {
      Process process =
          new ProcessBuilder(node.command())
              .directory(folder.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      process.getOutputStream().close();
      replace(node.startedAs(process.toHandle()));
    } catch (IOException e) {
      throw new LocalStartException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** Kills a process as a power cut would (SIGKILL) and returns when it is gone. */
  public void kill(String name) {
    signal(name, "KILL");
    await(name + " is still there", STOP_LIMIT, () -> !node(name).isAlive());
  }

  /** Stops the clock of a process (SIGSTOP): its connections stay and it does not answer. */
  public void pause(String name) {
    signal(name, "STOP");
  }

  /** Lets a paused process go on (SIGCONT). */
  public void resume(String name) {
    signal(name, "CONT");
  }

  /** Changes the way to a broker; works within .1 seconds. */
  public void link(String name, LinkMode mode) {
    if (node(name).role() != NodeRole.LINK) {
      throw new LocalStartException(name + " is no link: choose link-1 for the way to broker-1");
    }
    folder.write(name, mode);
  }

  /** The name of the JobManager that leads. */
  public String leader() {
    try (FlinkClient flink = flink()) {
      int port = flink.leaderPort();
      return nodes.stream()
          .filter(node -> node.role() == NodeRole.JOB_MANAGER && node.port() == port)
          .map(ClusterNode::name)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no JobManager listens on port " + port));
    }
  }

  /** Ends every process; the folder stays, its list of processes goes. */
  public void down() {
    killAll();
    folder.forget();
  }

  private void killAll() {
    nodes.forEach(node -> node.process().ifPresent(ProcessHandle::destroyForcibly));
    await(
        "processes are still there",
        STOP_LIMIT,
        () -> nodes.stream().noneMatch(ClusterNode::isAlive));
  }

  private void awaitReady() {
    try (FlinkClient flink = flink()) {
      await(
          "the cluster did not come up; see " + folder.root().resolve("log"),
          START_LIMIT,
          () -> {
            requireAlive();
            return flink.taskManagers() == settings.taskManagers();
          });
    }
  }

  private void requireAlive() {
    for (ClusterNode node : nodes) {
      if (!node.isAlive()) {
        throw new LocalStartException(
            node.name() + " ended while it started: see " + folder.log(node.name()));
      }
    }
  }

  private void createTopics() {
    KafkaSettings kafka = KafkaSettings.of(bootstrapServers());
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      new Topics("").create(admin, PARTITIONS, (short) settings.brokers());
    } catch (ExecutionException e) {
      throw new LocalStartException("topics cannot be made: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were made", e);
    }
  }

  private void signal(String name, String signal) {
    ProcessHandle process =
        node(name)
            .process()
            .orElseThrow(() -> new LocalStartException(name + " does not run: start it first"));
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
              .redirectErrorStream(true)
              .start();
      if (!kill.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new LocalStartException(name + " takes no signal " + signal);
      }
    } catch (IOException e) {
      throw new LocalStartException("kill cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void replace(ClusterNode started) {
    nodes.replaceAll(node -> node.name().equals(started.name()) ? started : node);
    folder.write(new ClusterFolder.Contents(settings, nodes));
  }

  private static void await(String problem, Duration limit, BooleanSupplier done) {
    long end = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new LocalStartException(problem + " after " + limit.toSeconds() + " s");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static void requireEmpty(Path root) {
    try {
      Files.createDirectories(root);
      try (var files = Files.list(root)) {
        if (files.findAny().isPresent()) {
          throw new LocalStartException(
              "--dir must be an empty or a new folder: " + root + ": empty it or name another");
        }
      }
    } catch (IOException e) {
      throw new LocalStartException("cannot be written: " + root, e);
    }
  }
}
