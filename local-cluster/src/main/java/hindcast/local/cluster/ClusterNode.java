package hindcast.local.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A process of the cluster as it was started last.
 *
 * @param name such as {@code taskmanager-1}
 * @param port where it listens, REST of a JobManager; 0 where it matters to nobody
 * @param command how it is started
 * @param pid its process id; 0 before its first start
 * @param startedMillis when that process began: a later process of the same id is another one
 */
public record ClusterNode(
    String name, NodeRole role, int port, List<String> command, long pid, long startedMillis) {

  static final String METRICS_PORT = "metrics.reporter.prom.port";

  public ClusterNode {
    command = List.copyOf(command);
  }

  ClusterNode(String name, NodeRole role, int port, List<String> command) {
    this(name, role, port, command, 0, 0);
  }

  ClusterNode startedAs(ProcessHandle process) {
    return new ClusterNode(name, role, port, command, process.pid(), started(process));
  }

  /** Its process, while it runs. */
  Optional<ProcessHandle> process() {
    return pid == 0
        ? Optional.empty()
        : ProcessHandle.of(pid)
            .filter(process -> process.isAlive() && started(process) == startedMillis);
  }

  /** Where Prometheus reads its metrics, if it has any to read. */
  public OptionalInt metricsPort() {
    String setting = METRICS_PORT + "=";
    return command.stream()
        .filter(argument -> argument.startsWith(setting))
        .mapToInt(argument -> Integer.parseInt(argument.substring(setting.length())))
        .findFirst();
  }

  /** Whether its process runs, paused or not. */
  @JsonIgnore
  public boolean isAlive() {
    return process().isPresent();
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
