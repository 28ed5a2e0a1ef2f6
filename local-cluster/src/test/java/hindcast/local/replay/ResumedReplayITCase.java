package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import hindcast.local.BanditLog;
import hindcast.local.LocalFlink;
import hindcast.local.OwnProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay that was killed goes on from its checkpoint and has the certificate of one that was not.
 */
class ResumedReplayITCase {
  private static final int ROWS = 40_000;
  private static final int KILLS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  private Path log;
  private Path state;

  @BeforeEach
  void prepare() throws Exception {
    log = folder.resolve("log.csv");
    state = folder.resolve("state");
    BanditLog.write(log, ROWS);
  }

  @Test
  void killedTwiceItComesToTheSameCertificate() throws Exception {
    Random random = new Random();
    for (int kill = 0; kill < KILLS; kill++) {
      long delay = random.nextInt(200);
      Optional<Path> before = newestState();
      Process process = start("killed", 1 + kill % 2);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
          .until(() -> newestState().isPresent() && !newestState().equals(before));
      Thread.sleep(delay);
      assertThat(process.isAlive()).as("the log is read before the kill: %s", output()).isTrue();
      process.destroyForcibly().onExit().join();
    }
    finish(start("killed", 2));
    assertThat(output()).contains("going on from the last checkpoint in " + state);
    assertThat(state.toFile().list()).containsExactly(".in-use");

    assertThat(Hindcast.execute(arguments("undisturbed", 1).toArray(String[]::new))).isZero();
    JsonNode killed = certificate("killed");
    assertThat(killed.path("parts")).isEqualTo(certificate("undisturbed").path("parts"));
    assertThat(killed.at("/parts/learned/entries/clpi/sha256").asText()).hasSize(64);
    assertThat(killed.at("/parts/findings/entries")).isNotEmpty();
    assertThat(letters("killed")).isEqualTo(letters("undisturbed")).hasSize(6);
  }

  private Optional<Path> newestState() {
    Path flink = state.resolve("flink");
    try {
      return LocalFlink.newestState(flink);
    } catch (RuntimeException e) {
      // a file vanished while the tree was read: a checkpoint took the place of another
      return Optional.empty();
    }
  }

  private Process start(String name, int parallelism) throws Exception {
    List<String> arguments = arguments(name, parallelism);
    arguments.addAll(List.of("--state", state.toString()));
    return OwnProcess.command(List.of("-Xmx1g"), arguments.toArray(String[]::new))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private List<String> arguments(String name, int parallelism) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--format", "obd"));
    arguments.addAll(List.of("--log", log.toString(), "--evaluate", "uniform"));
    arguments.addAll(List.of("--learn", "clpi"));
    arguments.addAll(List.of("--certificate", folder.resolve(name + ".json").toString()));
    arguments.addAll(List.of("--dead-letters", folder.resolve(name + ".jsonl").toString()));
    arguments.addAll(List.of("--set", "job.checkpoint-interval=100ms"));
    arguments.addAll(List.of("--set", "job.parallelism=" + parallelism));
    return arguments;
  }

  private void finish(Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
  }

  private String output() throws Exception {
    return Files.readString(folder.resolve("output"));
  }

  private JsonNode certificate(String name) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
  }

  private List<String> letters(String name) throws Exception {
    return Files.readAllLines(folder.resolve(name + ".jsonl")).stream().sorted().toList();
  }
}
