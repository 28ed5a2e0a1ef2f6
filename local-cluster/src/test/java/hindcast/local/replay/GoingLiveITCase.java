package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.cli.Hindcast;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.control.DeploymentHistory;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.control.ControlCheck;
import hindcast.jobs.control.ControlSettings;
import hindcast.local.BanditLog;
import hindcast.local.CommittedRecords;
import hindcast.local.EmbeddedKafka;
import hindcast.local.LocalStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay has learned is where another run, and a running job, begin. */
class GoingLiveITCase {
  private static final int ROWS = 2_560;
  private static final String LINE = "clpi";

  @TempDir Path folder;

  @Test
  void trainedOnAPartAndGoneOnIsTrainedOnTheWholeAndIsPublished() throws Exception {
    Path whole = folder.resolve("whole.csv");
    BanditLog.write(whole, ROWS);
    List<String> lines = new ArrayList<>(Files.readAllLines(whole));
    lines.removeAll(BanditLog.broken());
    Path first = Files.write(folder.resolve("first.csv"), lines.subList(0, 1 + ROWS / 2));
    List<String> rest = new ArrayList<>(lines.subList(1 + ROWS / 2, lines.size()));
    rest.add(0, lines.get(0));
    Path second = Files.write(folder.resolve("second.csv"), rest);

    PolicyCheckpoint atOnce = replay(whole, "zero");
    PolicyCheckpoint part = replay(first, "zero");
    assertThat(part.getVersion()).isEqualTo(2);
    String start = "checkpoint:" + folder.resolve("first.csv.out/clpi.checkpoint");
    try (EmbeddedKafka broker = EmbeddedKafka.start()) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka.clientProperties())) {
        kafka.topics().create(admin, 2, (short) 1);
      }
      PolicyCheckpoint then =
          replay(
              second,
              start,
              "--publish",
              "--set",
              "kafka.bootstrap-servers=" + broker.bootstrapServers());
      requireSame(then, atOnce);
      requirePublished(kafka, then);
      LearnedPolicies older = new LearnedPolicies();
      older.add(part);
      assertThatThrownBy(() -> older.publish(kafka, ""))
          .isInstanceOf(LocalStartException.class)
          .hasMessageContaining(
              "clpi has versions up to 4 in the topics, and the replay came to 2");
    }
  }

  private static void requireSame(PolicyCheckpoint then, PolicyCheckpoint atOnce) throws Exception {
    assertThat(then.getVersion()).isEqualTo(atOnce.getVersion()).isEqualTo(4);
    assertThat(then.getStep()).isEqualTo(atOnce.getStep()).isEqualTo(40);
    assertThat(then.getDataCutMicros()).isEqualTo(atOnce.getDataCutMicros());
    assertThat(PolicyCheckpointCodec.read(then).trainerState())
        .isEqualTo(PolicyCheckpointCodec.read(atOnce).trainerState());
  }

  private static void requirePublished(KafkaSettings kafka, PolicyCheckpoint version) {
    CommittedRecords records = new CommittedRecords(kafka);
    assertThat(records.of(kafka.topics().policyCheckpoints(), PolicyCheckpoint.class))
        .containsExactly(version);
    PolicyControl control = records.of(kafka.topics().policyControl(), PolicyControl.class).get(0);
    assertThat(control.getCommand()).isEqualTo(PolicyCommand.OPEN);
    assertThat(control.getRequestedBy()).isEqualTo("replay");
    assertThat(control.getCheckpoint()).isEqualTo(version);
    PipelineConfig live =
        PipelineConfig.defaults().with(Map.of("learning.policies", "[{id: clpi}]"));
    assertThat(
            new ControlCheck(ControlSettings.of(live))
                .check(control, new DeploymentHistory().last()))
        .isNull();
  }

  private PolicyCheckpoint replay(Path log, String initialisation, String... more)
      throws Exception {
    Path configuration = folder.resolve(log.getFileName() + ".yaml");
    Files.writeString(
        configuration,
        """
        learning:
          policies: [{id: clpi, minibatch: 64, forms: [softmax], initialisation: "%s"}]
        """
            .formatted(initialisation));
    Path out = folder.resolve(log.getFileName() + ".out");
    List<String> arguments = new ArrayList<>(List.of("replay", "--format", "obd"));
    arguments.addAll(List.of("--log", log.toString(), "--config", configuration.toString()));
    arguments.addAll(List.of("--checkpoints", out.toString(), "--evaluate", "uniform"));
    arguments.addAll(List.of("--set", "time.idle-timeout=0"));
    arguments.addAll(List.of("--set", "learning.window=5min"));
    arguments.addAll(List.of(more));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    byte[] bytes = Files.readAllBytes(out.resolve(LINE + ".checkpoint"));
    return (PolicyCheckpoint) WireFormat.ofThread().decode(bytes).record();
  }
}
