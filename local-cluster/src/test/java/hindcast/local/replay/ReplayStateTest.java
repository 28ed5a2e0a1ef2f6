package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.certificate.Certificate;
import hindcast.local.certificate.InputFile;
import hindcast.local.certificate.RunOrigin;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayStateTest {
  @TempDir Path folder;

  private Path log;
  private Path directory;

  @BeforeEach
  void prepare() throws Exception {
    log = Files.writeString(folder.resolve("log.csv"), "a\n");
    directory = folder.resolve("state");
  }

  @Test
  void withoutACheckpointItBeginsAnew() throws Exception {
    try (ReplayState state = ReplayState.at(directory, origin(Map.of()))) {
      assertThat(state.isResumed()).isFalse();
      Files.writeString(state.results("Alert"), "left over");
    }
    try (ReplayState state = ReplayState.at(directory, origin(Map.of()))) {
      assertThat(state.isResumed()).isFalse();
      assertThat(state.results("Alert")).doesNotExist();
    }
  }

  @Test
  void withACheckpointTheSameRunGoesOnWithItsResults() throws Exception {
    leaveACheckpoint();
    try (ReplayState state = ReplayState.at(directory, origin(Map.of("job.parallelism", "1")))) {
      assertThat(state.isResumed()).isTrue();
      assertThat(state.results("Alert")).hasContent("kept");
      state.ended();
      assertThat(state.results("Alert")).doesNotExist();
    }
  }

  @Test
  void anotherRunIsRefusedByName() throws Exception {
    leaveACheckpoint();
    assertThatThrownBy(() -> ReplayState.at(directory, origin(Map.of("reward.window", "7s"))))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("1 things differ, first configuration reward.window: 10min in the")
        .hasMessageContaining("7s now: repeat that run's command, or name another directory");
    Files.writeString(log, "b\n");
    assertThatThrownBy(() -> ReplayState.at(directory, origin(Map.of())))
        .hasMessageContaining("first inputs log " + log + ": sha256 ");
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path file = Files.writeString(other.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> ReplayState.at(other, origin(Map.of())))
        .hasMessageContaining("--state must name an empty directory or the state of a replay");
    assertThat(file).hasContent("mine");
  }

  @Test
  void whatWasNotWrittenWholeIsCutOffTheJournal() throws Exception {
    Path file = folder.resolve("journal");
    write(file, "one", "two");
    long whole = Files.size(file);
    write(file, "three");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 3);
    }
    List<PolicyControl> read = new ArrayList<>();
    new ResultJournal<>(file, PolicyControl.class, read::add).close();
    assertThat(read).extracting(PolicyControl::getCommandId).containsExactly("one", "two");
    assertThat(Files.size(file)).isEqualTo(whole);
  }

  private static void write(Path file, String... ids) throws Exception {
    try (ResultJournal<PolicyControl> journal =
        new ResultJournal<>(file, PolicyControl.class, record -> {})) {
      for (String id : ids) {
        journal.add(
            PolicyControl.newBuilder()
                .setCommandId(id)
                .setCommand(PolicyCommand.CLOSE)
                .setPolicy("clpi")
                .setVersion(1)
                .setEffectiveTimeMicros(0)
                .setRequestedBy("somebody")
                .setReason("")
                .build());
      }
    }
  }

  private void leaveACheckpoint() throws Exception {
    try (ReplayState state = ReplayState.at(directory, origin(Map.of()))) {
      Files.writeString(state.results("Alert"), "kept");
      Path checkpoint = state.flink().resolve("checkpoints/job/chk-1");
      Files.createDirectories(checkpoint);
      Files.writeString(checkpoint.resolve("_metadata"), "");
    }
  }

  private RunOrigin origin(Map<String, String> set) {
    return RunOrigin.of(
        new Certificate.Origin(
            List.of("replay"),
            List.of(InputFile.of("log", log)),
            PipelineConfig.defaults().with(set)));
  }
}
