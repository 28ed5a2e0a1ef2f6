package hindcast.local.cluster;

import hindcast.local.LocalPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** Configuration and commands of ZooKeeper, JobManagers and TaskManagers. */
final class FlinkNodes {
  private static final String ENTRY = "org.apache.flink.runtime.";
  private static final String MASTER_HEAP = "-Xmx512m";
  private static final String ZOOKEEPER_HEAP = "-Xmx128m";
  private static final int FRAMEWORK_HEAP = 128;
  private static final int DIRECT = 128;
  private static final int NETWORK = 64;
  private static final int MANAGED = 128;

  private final ClusterFolder folder;
  private final ClusterSettings settings;

  FlinkNodes(ClusterFolder folder, ClusterSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /** Configuration files, ZooKeeper, two JobManagers and the TaskManagers. */
  List<ClusterNode> nodes() {
    int zookeeper = LocalPort.claim("the port of ZooKeeper", 0);
    writeConfiguration(zookeeper);
    List<ClusterNode> nodes = new ArrayList<>();
    nodes.add(zookeeper(zookeeper));
    for (int number = 1; number <= 2; number++) {
      nodes.add(jobManager(NodeRole.JOB_MANAGER.node(number)));
    }
    for (int number = 1; number <= settings.taskManagers(); number++) {
      nodes.add(taskManager(NodeRole.TASK_MANAGER.node(number)));
    }
    return nodes;
  }

  /** What a client needs to find the leading JobManager. */
  static Configuration clientConfiguration(ClusterFolder folder) {
    return GlobalConfiguration.loadConfiguration(folder.conf().toString());
  }

  private ClusterNode zookeeper(int port) {
    Path config =
        folder.write(
            "zoo.cfg",
            """
            tickTime=1000
            initLimit=10
            syncLimit=5
            dataDir=%s
            clientPort=%d
            clientPortAddress=%s
            admin.enableServer=false
            """
                .formatted(folder.folder("zookeeper"), port, LocalPort.LOOPBACK));
    String name = NodeRole.ZOOKEEPER.node(1);
    List<String> command =
        JavaCommand.flink(ENTRY + "zookeeper.FlinkZooKeeperQuorumPeer", flags(ZOOKEEPER_HEAP));
    command.addAll(List.of("--zkConfigFile", config.toString(), "--peerId", "1"));
    return new ClusterNode(name, NodeRole.ZOOKEEPER, port, command);
  }

  private ClusterNode jobManager(String name) {
    int rest = LocalPort.claim("the port of " + name, 0);
    int rpc = LocalPort.claim("the port of " + name, 0);
    List<String> command =
        JavaCommand.flink(
            ENTRY + "entrypoint.StandaloneSessionClusterEntrypoint", flags(MASTER_HEAP));
    command.addAll(List.of("--configDir", folder.conf().toString()));
    command.addAll(reporter(name));
    command.addAll(
        dynamic(
            Map.of(
                "rest.port", rest,
                "rest.bind-port", rest,
                "high-availability.jobmanager.port", rpc)));
    return new ClusterNode(name, NodeRole.JOB_MANAGER, rest, command);
  }

  /** Memory is laid out as Flink's start script does it. */
  private ClusterNode taskManager(String name) {
    TaskExecutorProcessSpec memory =
        TaskExecutorProcessUtils.processSpecFromConfig(clientConfiguration(folder));
    String[] layout = ProcessMemoryUtils.generateJvmParametersStr(memory).strip().split(" +");
    List<String> command =
        JavaCommand.flink(ENTRY + "taskexecutor.TaskManagerRunner", flags(layout));
    command.addAll(List.of("--configDir", folder.conf().toString()));
    command.addAll(
        List.of(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory).strip().split(" +")));
    command.addAll(dynamic(Map.of("taskmanager.resource-id", name)));
    command.addAll(reporter(name));
    return new ClusterNode(name, NodeRole.TASK_MANAGER, 0, command);
  }

  /** Flink's reporter for Prometheus, which listens on every interface. */
  private List<String> reporter(String name) {
    return settings.metrics()
        ? dynamic(
            Map.of(
                "metrics.reporters",
                "prom",
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                ClusterNode.METRICS_PORT,
                LocalPort.claim("the metrics of " + name, 0)))
        : List.of();
  }

  private static List<String> dynamic(Map<String, Object> settings) {
    List<String> arguments = new ArrayList<>();
    settings.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    return arguments;
  }

  /** What a JVM is told, with its own memory. */
  private List<String> flags(String... memory) {
    List<String> flags = new ArrayList<>(List.of(memory));
    flags.addAll(
        List.of(
            "-Dlog4j.configurationFile=" + folder.conf().resolve("log4j2.properties").toUri(),
            "-Djava.io.tmpdir=" + folder.folder("tmp")));
    return flags;
  }

  private void writeConfiguration(int zookeeper) {
    folder.write(
        "log4j2.properties",
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %d{HH:mm:ss,SSS} %-5p %-60c %x - %m%n
        """);
    Map<String, Object> flink = new LinkedHashMap<>();
    flink.put("jobmanager.rpc.address", LocalPort.LOOPBACK);
    flink.put("jobmanager.bind-host", LocalPort.LOOPBACK);
    flink.put("rest.address", LocalPort.LOOPBACK);
    flink.put("rest.bind-address", LocalPort.LOOPBACK);
    flink.put("taskmanager.host", LocalPort.LOOPBACK);
    flink.put("taskmanager.bind-host", LocalPort.LOOPBACK);
    flink.put("high-availability.type", "zookeeper");
    flink.put("high-availability.zookeeper.quorum", LocalPort.LOOPBACK + ":" + zookeeper);
    flink.put("high-availability.storageDir", folder.folder("ha").toUri());
    flink.put("high-availability.zookeeper.client.session-timeout", "6s");
    flink.put("high-availability.zookeeper.client.connection-timeout", "3s");
    flink.put("zookeeper.sasl.disable", true);
    flink.put("heartbeat.interval", "1s");
    flink.put("heartbeat.timeout", "5s");
    flink.put("resourcemanager.taskmanager-registration.timeout", "2min");
    flink.put("web.submit.enable", false);
    flink.put("web.cancel.enable", false);
    flink.put("execution.checkpointing.dir", folder.folder("checkpoints").toUri());
    flink.put("execution.checkpointing.savepoint-dir", folder.folder("savepoints").toUri());
    flink.put("jobmanager.memory.process.size", "1g");
    flink.put("taskmanager.numberOfTaskSlots", settings.slots());
    flink.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP + "m");
    flink.put("taskmanager.memory.task.heap.size", settings.heapMegabytes() - FRAMEWORK_HEAP + "m");
    flink.put("taskmanager.memory.task.off-heap.size", DIRECT + "m");
    flink.put("taskmanager.memory.network.min", NETWORK + "m");
    flink.put("taskmanager.memory.network.max", NETWORK + "m");
    flink.put("taskmanager.memory.managed.size", MANAGED + "m");
    flink.put("io.tmp.dirs", folder.folder("tmp"));
    StringBuilder text = new StringBuilder();
    flink.forEach((key, value) -> text.append(key).append(": ").append(quoted(value)).append('\n'));
    folder.write("config.yaml", text.toString());
  }

  private static String quoted(Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : "'" + value.toString().replace("'", "''") + "'";
  }
}
