package hindcast.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.DeadLetter;
import hindcast.avro.InputStream;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.feedback.DeadLetterOutput;
import hindcast.policy.PolicyParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of 2 s, a reward window of 10 s. */
class ReceiveControlsHarnessTest {
  private static final String CONFIG =
      """
      reward: {window: 10s}
      learning: {window: 2s, policies: [{id: clpi}]}
      """;
  private static final long SECOND = 1_000_000;

  private TwoInputStreamOperatorTestHarness<RawRecord, FeedbackBlock, PolicyControl> harness;
  private long offset;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aCommandTakesEffectWithTheWindowThatHoldsItsTime() throws Exception {
    send(control("a", PolicyCommand.OPEN, 3, 7 * SECOND + 5).build());
    assertThat(out()).extracting(PolicyControl::getEffectiveTimeMicros).containsExactly(6 * SECOND);
    assertThat(out().get(0).getCheckpoint()).isEqualTo(checkpoint(3, "adam"));
  }

  @Test
  void aLateCommandTakesEffectWithTheNextWindow() throws Exception {
    // the window [6 s, 8 s) is handled when the watermark reaches 18 s - 1 ms
    watermark(17_998);
    send(control("a", PolicyCommand.OPEN, 3, 6 * SECOND).build());
    watermark(17_999);
    send(control("b", PolicyCommand.OPEN, 3, 7 * SECOND).build());
    send(control("c", PolicyCommand.OPEN, 3, 0).build());
    send(control("d", PolicyCommand.OPEN, 3, 100 * SECOND).build());
    assertThat(out())
        .extracting(PolicyControl::getEffectiveTimeMicros)
        .containsExactly(6 * SECOND, 8 * SECOND, 8 * SECOND, 100 * SECOND);
  }

  @Test
  void theSameIdIsObeyedOnceAlsoAfterARestart() throws Exception {
    send(control("a", PolicyCommand.PROMOTE, 3, 0).build());
    send(control("a", PolicyCommand.PROMOTE, 3, 0).build());
    assertThat(out()).hasSize(1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    open(snapshot);
    send(control("a", PolicyCommand.PROMOTE, 3, 0).build());
    assertThat(out()).isEmpty();
    send(control("b", PolicyCommand.CLOSE, 3, 0).setCheckpoint(null).build());
    assertThat(letters()).hasSize(1);
    assertThat(letters().get(0).getDetail()).contains("promote another first");
  }

  @Test
  void whatCannotBeObeyedIsADeadLetterThatSaysWhy() throws Exception {
    refused(control("a", PolicyCommand.UNKNOWN, 3, 0), "UNKNOWN; upgrade");
    refused(control("", PolicyCommand.OPEN, 3, 0), "must have an id");
    refused(control("i".repeat(513), PolicyCommand.OPEN, 3, 0), "at most 512 characters: 513");
    refused(control("a", PolicyCommand.OPEN, 3, 0).setRequestedBy(" "), "who asks");
    refused(control("a", PolicyCommand.OPEN, 3, 0).setPolicy("x"), "[clpi, logging, uniform]: x");
    refused(control("a", PolicyCommand.OPEN, 3, 0).setPolicy("clpi/odd"), "clpi/odd; name a form");
    refused(control("a", PolicyCommand.OPEN, 3, 0).setCheckpoint(null), "./hindcast policy");
    refused(control("a", PolicyCommand.OPEN, 3, 0).setVersion(4), "it holds clpi version 3");
    refused(control("a", PolicyCommand.OPEN, 3, 0).setVersion(-1), "at least 0: -1");
    refused(control("a", PolicyCommand.CLOSE, 3, 0).setVersion(0), "at least 1: 0");
    refused(control("a", PolicyCommand.PROMOTE, 3, 0).setPolicy("uniform"), "must be 0");
    refused(
        control("a", PolicyCommand.CLOSE, 3, 0).setPolicy("uniform").setVersion(0), "no versions");
    refused(
        control("a", PolicyCommand.ROLLBACK, 3, 0).setCheckpoint(checkpoint(3, "sgd")),
        "its optimizer was sgd and is now adam");
    PolicyCheckpoint damaged = checkpoint(3, "adam");
    damaged.setContent(ByteBuffer.wrap(new byte[] {1, 2}));
    refused(
        control("a", PolicyCommand.ROLLBACK, 3, 0).setCheckpoint(damaged), "must have the hash");
    assertThat(letters()).allMatch(letter -> letter.getReason().equals("INVALID_COMMAND"));
    assertThat(out()).isEmpty();
  }

  @Test
  void bytesThatAreNoCommandAreADeadLetter() throws Exception {
    send(new byte[] {1, 2, 3});
    assertThat(letters()).hasSize(1);
    assertThat(letters().get(0).getReason()).isEqualTo("MALFORMED");
    assertThat(letters().get(0).getStream()).isEqualTo(InputStream.POLICY_CONTROL);
  }

  @Test
  void afterTheEndOfTheFeedbackACommandIsLate() throws Exception {
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    send(control("a", PolicyCommand.OPEN, 3, 0).build());
    assertThat(letters()).extracting(DeadLetter::getReason).containsExactly("LATE");
  }

  @Test
  void aPolicyWithoutVersionsAndAFormCanBePromoted() throws Exception {
    send(
        control("a", PolicyCommand.PROMOTE, 0, 0).setPolicy("uniform").setCheckpoint(null).build());
    send(control("b", PolicyCommand.PROMOTE, 3, 0).setPolicy("clpi/greedy").build());
    assertThat(out())
        .extracting(PolicyControl::getPolicy)
        .containsExactly("uniform", "clpi/greedy");
  }

  private void refused(PolicyControl.Builder control, String why) throws Exception {
    int before = letters().size();
    send(control.build());
    assertThat(letters()).hasSize(before + 1);
    assertThat(letters().get(before).getDetail()).contains(why);
  }

  private List<DeadLetter> letters() {
    var letters = harness.getSideOutput(DeadLetterOutput.TAG);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  private List<PolicyControl> out() {
    return harness.extractOutputValues();
  }

  private void watermark(long millis) throws Exception {
    harness.processBothWatermarks(new Watermark(millis));
  }

  private void send(PolicyControl control) throws Exception {
    send(WireFormat.ofThread().encode(control));
  }

  private void send(byte[] bytes) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            new InputDecoder(Duration.ZERO)
                .decode(InputStream.POLICY_CONTROL, "policy-control", 0, offset++, -1, bytes)));
  }

  private void open(OperatorSubtaskState state) throws Exception {
    harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoProcessOperator<>(
                new ReceiveControls(ControlSettings.of(ConfigLoader.parse(CONFIG, Map.of())))));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private static PolicyControl.Builder control(
      String id, PolicyCommand command, long version, long effectiveMicros) throws IOException {
    return PolicyControl.newBuilder()
        .setCommandId(id)
        .setCommand(command)
        .setPolicy("clpi")
        .setVersion(version)
        .setEffectiveTimeMicros(effectiveMicros)
        .setRequestedBy("ann")
        .setReason("")
        .setCheckpoint(checkpoint(3, "adam"));
  }

  private static PolicyCheckpoint checkpoint(long version, String optimizer) throws IOException {
    return new PolicyCheckpointCodec("")
        .write(
            new PolicyCheckpointContent(
                "clpi",
                version,
                "ab",
                "CLPI",
                30,
                5 * SECOND,
                "one",
                "space",
                Map.of("objective", "CLPI", "optimizer", optimizer, "seed", "1"),
                new PolicyParameters(1, 2, new double[2]),
                new byte[0]));
  }
}
