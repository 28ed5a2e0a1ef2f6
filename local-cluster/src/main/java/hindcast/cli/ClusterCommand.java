package hindcast.cli;

import hindcast.local.cluster.ClusterNode;
import hindcast.local.cluster.ClusterSettings;
import hindcast.local.cluster.FlinkClient;
import hindcast.local.cluster.LinkMode;
import hindcast.local.cluster.NodeRole;
import hindcast.local.cluster.ProcessCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.client.JobStatusMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** A cluster of separate processes on this machine, to try faults on. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "A real cluster on this machine: ZooKeeper, Kafka, two JobManagers and TaskManagers as"
            + " separate processes that can be killed, paused, cut off and slowed.",
    footer = {
      "",
      "Examples:",
      "  hindcast cluster up --taskmanagers 2",
      "  hindcast cluster submit --config pipeline.yaml",
      "  hindcast cluster kill leader",
      "  hindcast cluster link link-1 --slow 1s",
      "  hindcast cluster down"
    })
final class ClusterCommand implements Runnable {
  private static final String NAME = "Name as in status, or leader: the leading JobManager.";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "hindcast-cluster",
      description = "Folder of the cluster (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what: up, down, status, submit, start, kill, pause, resume or link");
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Starts a cluster in a new folder and returns when it is ready.")
  int up(
      @Option(names = "--brokers", defaultValue = "1", description = "Kafka nodes, 1 or 3.")
          int brokers,
      @Option(names = "--taskmanagers", defaultValue = "2", description = "Workers, 1 to 16.")
          int taskManagers,
      @Option(names = "--slots", defaultValue = "1", description = "Slots of each, 1 to 16.")
          int slots,
      @Option(names = "--heap", defaultValue = "768", description = "Heap of each in MB.") int heap,
      @Option(
              names = "--metrics",
              description =
                  "Reports to Prometheus. Flink's reporter listens on every interface; everything"
                      + " else on the loopback interface only.")
          boolean metrics) {
    ProcessCluster cluster =
        ProcessCluster.up(
            directory, new ClusterSettings(brokers, taskManagers, slots, heap, metrics));
    print(cluster);
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Ends every process. What they wrote stays in the folder.")
  int down() {
    ProcessCluster.open(directory).down();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists processes and jobs. Exit code 1 if a process does not run.")
  int status() {
    ProcessCluster cluster = ProcessCluster.open(directory);
    print(cluster);
    return cluster.nodes().stream().allMatch(ClusterNode::isAlive) ? 0 : 1;
  }

  @Command(
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Submits the pipeline with Flink's own client (flink run -d), between the cluster's"
              + " topics and with its state in the cluster's folder. The catalogue has to be"
              + " published before.")
  int submit(
      @Option(names = "--config", paramLabel = "FILE", description = "Configuration (YAML).")
          Path config,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "Overrides one key of the configuration; may be repeated.")
          List<String> overrides,
      @Option(
              names = "--from",
              paramLabel = "SAVEPOINT",
              description = "Savepoint or checkpoint to start from.")
          String savepoint) {
    List<String> arguments = new ArrayList<>();
    if (config != null) {
      arguments.addAll(List.of("--config", config.toAbsolutePath().toString()));
    }
    if (overrides != null) {
      overrides.forEach(override -> arguments.addAll(List.of("--set", override)));
    }
    out().println("job " + ProcessCluster.open(directory).submit(savepoint, arguments));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Starts a process that does not run.")
  int start(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    ProcessCluster.open(directory).start(name);
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Kills a process at once (SIGKILL). It stays dead until start.")
  int kill(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    ProcessCluster cluster = ProcessCluster.open(directory);
    String found = named(cluster, name);
    cluster.kill(found);
    out().println(found + " is dead");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Stops the clock of a process (SIGSTOP): it answers nobody until resume.")
  int pause(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    ProcessCluster cluster = ProcessCluster.open(directory);
    cluster.pause(named(cluster, name));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lets a paused process go on (SIGCONT).")
  int resume(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    ProcessCluster.open(directory).resume(name);
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Changes the way to a broker; without an option it is open again.")
  int link(
      @Parameters(paramLabel = "LINK", description = "Such as link-1, the way to broker-1.")
          String name,
      @Option(names = "--cut", description = "Closes every connection, new ones at once.")
          boolean cut,
      @Option(names = "--hold", description = "Connections stay and carry nothing.") boolean hold,
      @Option(
              names = "--slow",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              description = "Every piece of 16 KB waits that long.")
          Duration slow) {
    if ((cut ? 1 : 0) + (hold ? 1 : 0) + (slow != null ? 1 : 0) > 1) {
      throw new ParameterException(
          spec.commandLine(), "--cut, --hold and --slow exclude each other: choose one");
    }
    LinkMode mode =
        cut
            ? LinkMode.CUT
            : hold ? LinkMode.HELD : slow != null ? LinkMode.slow(slow) : LinkMode.OPEN;
    ProcessCluster.open(directory).link(name, mode);
    out().println(name + " is " + mode);
    return 0;
  }

  private static String named(ProcessCluster cluster, String name) {
    return name.equals("leader") ? cluster.leader() : name;
  }

  private void print(ProcessCluster cluster) {
    PrintWriter out = out();
    for (ClusterNode node : cluster.nodes()) {
      out.printf(
          "%-15s %-8s %s%n",
          node.name(),
          node.isAlive() ? "process" : "dead",
          (node.isAlive() ? node.pid() : "")
              + (node.port() == 0 ? "" : "  port " + node.port())
              + (node.metricsPort().isPresent()
                  ? "  metrics http://localhost:" + node.metricsPort().getAsInt() + "/metrics"
                  : ""));
    }
    out.println("kafka           " + cluster.bootstrapServers());
    if (cluster.nodes().stream()
        .anyMatch(node -> node.role() == NodeRole.JOB_MANAGER && node.isAlive())) {
      printFlink(cluster, out);
    }
    out.flush();
  }

  private static void printFlink(ProcessCluster cluster, PrintWriter out) {
    try (FlinkClient flink = cluster.flink()) {
      out.println("web UI          " + flink.webAddress());
      for (JobStatusMessage job : flink.jobs()) {
        out.println(
            "job             %s %s %s"
                .formatted(job.getJobId(), job.getJobState(), job.getJobName()));
      }
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
