package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.config.ConfigLoader;
import hindcast.local.cluster.ClusterSettings;
import hindcast.local.cluster.FlinkClient;
import hindcast.local.cluster.ProcessCluster;
import hindcast.local.results.LedgerTotals;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a cluster of processes that are killed (SIGKILL) at random moments under load: a
 * TaskManager, the leading JobManager, the broker. Everything ends as if nothing had been. One of
 * each; with {@code -Pquality} 20, 5 and 5.
 */
class ProcessKillITCase {
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));
  private static final int PARTITIONS = 2;
  private static final long IMPRESSIONS = FULL ? 400_000 : 36_000;
  private static final double RATE = 200;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration RECOVERY = Duration.ofMinutes(3);
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 1s}
      reward: {window: 10s}
      learning:
        window: 2s
        policies: [{id: clpi, minibatch: 128, checkpoint-every: 5}]
      evaluation: {report-every: 5s}
      time: {idle-timeout: 0s}
      """;

  private enum Fault {
    TASK_MANAGER,
    JOB_MANAGER,
    BROKER
  }

  @TempDir Path directory;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void killedProcessesLeaveWhatAnUndisturbedRunLeaves() throws Exception {
    Random random = new Random(5);
    SyntheticWorld world = new SyntheticWorld(WorldSettings.of(9, 100));
    RecordedTraffic traffic =
        new RecordedTraffic(world, TrafficSettings.of(9, RATE), IMPRESSIONS, directory);
    Path config = Files.writeString(directory.resolve("pipeline.yaml"), CONFIG);

    ProcessCluster cluster =
        ProcessCluster.up(directory.resolve("cluster"), new ClusterSettings(1, 2, 1, 768, true));
    try {
      KafkaSettings kafka = KafkaSettings.of(cluster.bootstrapServers());
      try (TopicTraffic topics = new TopicTraffic(kafka, PARTITIONS)) {
        topics.sendCatalogue(traffic);
        JobID job = cluster.submit(null, List.of("--config", config.toString()));
        CompletableFuture<Void> sending =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    topics.sendPaced(traffic, SECOND);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        awaitCheckpoint(cluster, job, Instant.now());
        Map<Fault, List<Long>> seconds = new TreeMap<>();
        for (Fault fault : faults(random)) {
          Thread.sleep(random.nextInt(FULL ? 50_000 : 4_000));
          assertThat(sending).as("traffic ended before the last fault").isNotDone();
          long began = System.nanoTime();
          Instant killed = inject(cluster, fault, random);
          awaitCheckpoint(cluster, job, killed);
          seconds
              .computeIfAbsent(fault, kind -> new ArrayList<>())
              .add(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        }
        topics.hurry();
        sending.get(RECOVERY.toMinutes() * 20, TimeUnit.MINUTES);
        drain(cluster, job);
        seconds.forEach((fault, all) -> System.out.println(summary(fault, all)));
      }
      PipelineRun undisturbed =
          PipelineRun.of(
              ConfigLoader.parse(CONFIG, Map.of()), traffic, 2, directory.resolve("undisturbed"));
      new TopicResults(kafka).requireEqual(undisturbed);
    } finally {
      cluster.down();
    }
  }

  private static List<Fault> faults(Random random) {
    List<Fault> faults = new ArrayList<>();
    faults.addAll(Collections.nCopies(FULL ? 20 : 1, Fault.TASK_MANAGER));
    faults.addAll(Collections.nCopies(FULL ? 5 : 1, Fault.JOB_MANAGER));
    faults.addAll(Collections.nCopies(FULL ? 5 : 1, Fault.BROKER));
    Collections.shuffle(faults, random);
    return faults;
  }

  /** Kills a process, starts it again, and says when it died. */
  private static Instant inject(ProcessCluster cluster, Fault fault, Random random) {
    String victim =
        switch (fault) {
          case TASK_MANAGER -> "taskmanager-" + (1 + random.nextInt(2));
          case JOB_MANAGER -> cluster.leader();
          case BROKER -> "broker-1";
        };
    cluster.kill(victim);
    Instant killed = Instant.now();
    cluster.start(victim);
    return killed;
  }

  /** Waits for a complete checkpoint that was begun after {@code moment}. */
  private static void awaitCheckpoint(ProcessCluster cluster, JobID job, Instant moment) {
    try (FlinkClient flink = cluster.flink()) {
      await()
          .atMost(RECOVERY)
          .pollInterval(Duration.ofMillis(250))
          .ignoreExceptions()
          .until(() -> flink.newestCheckpoint(job).filter(moment::isBefore).isPresent());
    }
  }

  /** Until every outcome is out, then ends the job with a savepoint. */
  private static void drain(ProcessCluster cluster, JobID job) throws Exception {
    try (FlinkClient flink = cluster.flink()) {
      await()
          .atMost(RECOVERY)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(
              () -> {
                LedgerTotals totals = flink.ledger(job, "impressions");
                return totals.account("outcomes") == IMPRESSIONS && totals.held() == 0;
              });
      for (String ledger : List.of("impressions", "rewards")) {
        LedgerTotals totals = flink.ledger(job, ledger);
        assertThat(totals.gap()).as(totals.equation()).isZero();
        assertThat(totals.held()).as(totals.equation()).isZero();
      }
      ReportedMetrics.requireEveryNamed(cluster);
      flink.stop(job, cluster.folder("savepoints"), true);
      await().atMost(RECOVERY).until(() -> flink.status(job) == JobStatus.FINISHED);
    }
  }

  private static String summary(Fault fault, List<Long> seconds) {
    List<Long> sorted = seconds.stream().sorted().toList();
    return "%s killed %d times; seconds until the next checkpoint: median %d, worst %d"
        .formatted(
            fault, sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }
}
