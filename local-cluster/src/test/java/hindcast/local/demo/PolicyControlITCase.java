package hindcast.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.cli.Hindcast;
import hindcast.connectors.checkpoint.CheckpointChain;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.serving.DeployedPolicy;
import hindcast.connectors.serving.DeployedPolicyReader;
import hindcast.local.CommittedRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on a running demo: serving and estimates follow a rollback within 10 seconds; and a
 * process that is killed (SIGKILL) at a random moment after a rollback, between the publishing of
 * checkpoints and the snapshots of the job, leaves one line of hashes that the rollback is in.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolicyControlITCase {
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));
  private static final int KILLS = FULL ? 50 : 2;
  private static final int ITEMS = 300;
  private static final int DIMENSION = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String POLICY = "clpi";

  @TempDir Path folder;

  @Test
  void servingAndEstimatesFollowARollback() throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder.resolve("data"), ITEMS, DIMENSION)) {
      demo.awaitWork();
      KafkaSettings kafka = KafkaSettings.of(demo.bootstrapServers());
      awaitVersion(kafka, 9);
      try (DeployedPolicyReader serving = reader(kafka)) {
        assertThat(serving.deployed()).isEmpty();
        long now = last(kafka, 0).orElseThrow().getEventTimeMicros();
        run(kafka, "promote", POLICY + "/greedy", "2");
        awaitDeployed(serving, 2);
        run(kafka, "promote", POLICY, "8");
        awaitDeployed(serving, 8);
        awaitUntil(() -> isEstimated(kafka, 2, now + TimeUnit.SECONDS.toMicros(4)));
        long before = lineOutcomes(kafka, 2);
        assertThat(run(kafka, "list")).contains("deployed softmax", "champion greedy");

        long start = System.nanoTime();
        run(kafka, "rollback", POLICY, "2", "--reason", "worse", "--requested-by", "ann");
        awaitDeployed(serving, 2);
        double served = seconds(start);
        awaitUntil(() -> lineOutcomes(kafka, 2) > before);
        double estimated = seconds(start);
        awaitUntil(() -> checkpoints(kafka).stream().anyMatch(one -> isBackTo(one, 2)));
        double learned = seconds(start);
        System.out.printf(
            "rollback: served after %.1f s, in the estimates %.1f s, in a version %.1f s%n",
            served, estimated, learned);
        assertThat(served).isLessThan(10);
        assertThat(estimated).isLessThan(10);

        assertOneLine(kafka);
        DeployedPolicy deployed = serving.deployed().orElseThrow();
        assertThat(deployed.sha256()).isEqualTo(checkpoints(kafka).get(1).getSha256());
        assertThat(deployed.form().text()).isEqualTo("softmax");
        assertThat(run(kafka, "show", POLICY, "2"))
            .contains("deployed softmax", "asked by ann: worse", "    on clpi version 2");
        assertThat(run(kafka, "diff", POLICY, "2", "8")).contains("of the difference");
      }
      for (String[] wrong :
          new String[][] {
            {"promote", POLICY, "999999"}, {"promote", "nothing", "1"}, {"close", POLICY, "2"},
            {"promote", POLICY, "2"}, {"open", "uniform", "3"}, {"close", "uniform"}
          }) {
        assertThat(code(kafka, new StringWriter(), wrong)).as("%s", List.of(wrong)).isEqualTo(2);
      }
    }
  }

  @Test
  void aKillAtAnyMomentLeavesOneLineOfHashes() throws Exception {
    Path data = folder.resolve("data");
    Random random = new Random(1);
    long target = 0;
    long newest = 0;
    for (int kill = 0; kill <= KILLS; kill++) {
      try (DemoProcess demo = DemoProcess.start(data, ITEMS, DIMENSION)) {
        demo.awaitWork();
        KafkaSettings kafka = KafkaSettings.of(demo.bootstrapServers());
        if (kill > 0) {
          long back = target;
          long after = newest;
          awaitUntil(
              () ->
                  checkpoints(kafka).stream()
                      .anyMatch(one -> isBackTo(one, back) && one.getVersion() > after));
        }
        awaitVersion(kafka, newest + 5);
        assertOneLine(kafka);
        newest = newest(kafka);
        target = newest - 3 - random.nextInt((int) Math.min(newest - 3, 10));
        run(kafka, "rollback", POLICY, Long.toString(target));
        if (random.nextBoolean()) {
          demo.awaitLog("is rolled back to version " + target);
        }
        Thread.sleep(random.nextInt(2_500));
        demo.kill();
      }
    }
  }

  private static boolean isBackTo(PolicyCheckpoint checkpoint, long version) {
    return checkpoint.getRolledBackTo() != null && checkpoint.getRolledBackTo() == version;
  }

  private static void assertOneLine(KafkaSettings kafka) throws IOException {
    CheckpointChain chain = new CheckpointChain();
    for (PolicyCheckpoint checkpoint : checkpoints(kafka)) {
      chain.add(checkpoint);
    }
    assertThat(chain.descent(POLICY)).isNotEmpty();
  }

  private static List<PolicyCheckpoint> checkpoints(KafkaSettings kafka) {
    return new CommittedRecords(kafka).of("policy-checkpoints", PolicyCheckpoint.class);
  }

  private static long newest(KafkaSettings kafka) {
    return checkpoints(kafka).stream().mapToLong(PolicyCheckpoint::getVersion).max().orElse(0);
  }

  /** For how many outcomes a version counted in its line, by its last estimate. */
  private static long lineOutcomes(KafkaSettings kafka, long version) {
    return last(kafka, version).map(ValueEstimate::getLineOutcomes).orElse(0L);
  }

  private static Optional<ValueEstimate> last(KafkaSettings kafka, long version) {
    return new CommittedRecords(kafka)
        .of("value-estimates", ValueEstimate.class).stream()
            .filter(one -> one.getPolicy().equals(POLICY) && one.getVersion() == version)
            .filter(one -> one.getSegment().equals("*") && one.getEstimator().equals("SNIPS"))
            .max(Comparator.comparingLong(ValueEstimate::getEventTimeMicros));
  }

  /** Whether a version is estimated now, as its line is. */
  private static boolean isEstimated(KafkaSettings kafka, long version, long afterMicros) {
    return last(kafka, version).filter(one -> one.getEventTimeMicros() > afterMicros).isPresent();
  }

  private static DeployedPolicyReader reader(KafkaSettings kafka) {
    return new DeployedPolicyReader(
        kafka, () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
  }

  private static void awaitVersion(KafkaSettings kafka, long version) {
    awaitUntil(() -> newest(kafka) >= version);
  }

  private static void awaitDeployed(DeployedPolicyReader serving, long version) throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (serving.deployed().map(one -> one.version().version()).orElse(-1L) != version) {
      assertThat(System.nanoTime()).isLessThan(until);
      serving.poll(Duration.ofMillis(100));
    }
  }

  private static void awaitUntil(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static String run(KafkaSettings kafka, String... arguments) {
    StringWriter out = new StringWriter();
    assertThat(code(kafka, out, arguments)).as("%s: %s", List.of(arguments), out).isZero();
    return out.toString();
  }

  private static int code(KafkaSettings kafka, StringWriter out, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "policy";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--bootstrap";
    all[all.length - 1] = kafka.bootstrapServers();
    PrintWriter writer = new PrintWriter(out);
    return Hindcast.commandLine().setOut(writer).setErr(writer).execute(all);
  }
}
