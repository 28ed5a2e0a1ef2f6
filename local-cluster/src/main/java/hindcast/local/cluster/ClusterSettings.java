package hindcast.local.cluster;

import hindcast.local.LocalStartException;

/**
 * How large a cluster is.
 *
 * @param brokers 1 or 3; with three, topics have three replicas of which two must be in sync
 * @param taskManagers from 1 to 16
 * @param slots subtasks of one operator a TaskManager runs, from 1 to 16
 * @param heapMegabytes heap of a TaskManager
 * @param metrics whether Flink's processes report to Prometheus, on every interface
 */
public record ClusterSettings(
    int brokers, int taskManagers, int slots, int heapMegabytes, boolean metrics) {
  /** One broker, two TaskManagers of one slot. */
  public static final ClusterSettings SMALL = new ClusterSettings(1, 2, 1, 768, false);

  public ClusterSettings {
    require(brokers == 1 || brokers == 3, "--brokers must be 1 or 3: " + brokers);
    require(
        taskManagers >= 1 && taskManagers <= 16,
        "--taskmanagers must be from 1 to 16: " + taskManagers);
    require(slots >= 1 && slots <= 16, "--slots must be from 1 to 16: " + slots);
    require(heapMegabytes >= 256, "--heap must be at least 256 (MB): " + heapMegabytes);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new LocalStartException(message);
    }
  }
}
