package hindcast.jobs.config;

import java.time.Duration;

/**
 * Section {@code job}: the Flink job itself.
 *
 * @param checkpointDirectory empty: snapshots stay in the memory of the JobManager
 */
public record JobConfig(
    @Key(value = "hindcast", rule = Rule.NOT_BLANK, doc = "Name of the job in Flink's web UI.")
        String name,
    @Key(value = "2", rule = Rule.AT_LEAST_ONE, doc = "Subtasks of each operator.") int parallelism,
    @Key(
            value = "128",
            rule = Rule.AT_LEAST_ONE,
            doc = "Largest parallelism a savepoint can be restored with. It cannot change later.")
        int maxParallelism,
    @Key(
            value = "10s",
            rule = Rule.POSITIVE,
            doc =
                "Time between two snapshots; topics written in transactions lag by about as much.")
        Duration checkpointInterval,
    @Key(
            value = "",
            doc =
                "Where snapshots go, as a URI every process reaches; empty keeps them in memory,"
                    + " which survives a failed task but not the process.")
        String checkpointDirectory,
    @Key(
            value = "hashmap",
            doc = "Where state lives: hashmap (heap, faster) or rocksdb (disk, larger).")
        StateBackend stateBackend) {

  /** The state backends of Flink. */
  public enum StateBackend {
    /** On the heap. */
    HASHMAP,
    /** On local disk. */
    ROCKSDB
  }

  public JobConfig {
    if (maxParallelism < parallelism || maxParallelism > 32_768) {
      throw new IllegalArgumentException(
          "max-parallelism: "
              + maxParallelism
              + ": must be from job.parallelism ("
              + parallelism
              + ") to 32768: 128 suits up to 85 subtasks");
    }
  }
}
