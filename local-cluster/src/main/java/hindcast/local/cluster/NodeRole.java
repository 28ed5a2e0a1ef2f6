package hindcast.local.cluster;

/** What a process of the cluster is. */
public enum NodeRole {
  /** Elects the leading JobManager. */
  ZOOKEEPER("zookeeper"),
  /** The way to a broker, which can be cut or slowed. */
  LINK("link"),
  /** A Kafka node: broker and controller. */
  BROKER("broker"),
  /** Flink's master; one leads, the others stand by. */
  JOB_MANAGER("jobmanager"),
  /** Flink's worker. */
  TASK_MANAGER("taskmanager");

  private final String prefix;

  NodeRole(String prefix) {
    this.prefix = prefix;
  }

  /** The name of the node of that number: {@code taskmanager-1}. */
  public String node(int number) {
    return prefix + "-" + number;
  }
}
