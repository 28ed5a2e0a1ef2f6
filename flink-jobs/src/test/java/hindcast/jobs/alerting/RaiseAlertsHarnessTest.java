package hindcast.jobs.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Alert;
import hindcast.avro.AlertState;
import hindcast.avro.AuditFinding;
import hindcast.avro.Context;
import hindcast.avro.ControlEvidence;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.PropensitySource;
import hindcast.avro.Severity;
import hindcast.avro.internal.AlertInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.ScoredBlock;
import hindcast.feedback.RewardRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * Windows of a second with 50 impressions. Uniform, the champion, earns .5; new, deployed at second
 * 10, earns less: it shows item a (mean .6) in a fifth of the impressions, item b (.4) else.
 */
@SuppressWarnings("try") // closing a harness may be interrupted
class RaiseAlertsHarnessTest {
  private static final int EVENTS = 50;
  private static final AlertOptions OPTIONS =
      new AlertOptions(
          RewardRange.UNIT, 0, .05, .1, 1_000_000, .1, 200, 10, 5_000_000, 500, List.of("line"));

  private final List<Alert> alerts = new ArrayList<>();

  private static KeyedOneInputStreamOperatorTestHarness<String, AlertInput, Alert> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new RaiseAlerts(OPTIONS)), input -> "", Types.STRING);
  }

  private static PolicyControl promote(String id, String policy, long second, Double promised) {
    return PolicyControl.newBuilder()
        .setCommandId(id)
        .setCommand(PolicyCommand.PROMOTE)
        .setPolicy(policy)
        .setVersion(0)
        .setEffectiveTimeMicros(second * 1_000_000)
        .setRequestedBy("ann")
        .setReason("")
        .setEvidence(
            promised == null
                ? null
                : new ControlEvidence(
                    policy, 0L, "IPS", 0L, 9L, promised, promised, promised, 9.0, List.of()))
        .build();
  }

  private static AlertInput control(PolicyControl control) {
    return AlertInput.newBuilder().setControl(control).build();
  }

  private static FeedbackBlock block(long second, String served, double rewarded) {
    SplittableRandom random = new SplittableRandom(second);
    List<Feedback> feedback = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      boolean a = random.nextDouble() < (served.equals("new") ? .2 : .5);
      boolean reward = random.nextDouble() < rewarded * (a ? .6 : .4);
      feedback.add(feedback(second, k, served, a ? "a" : "b", reward));
    }
    return new FeedbackBlock(
        AlertingTopology.OWNER, (second + 1) * 1_000_000, second, feedback, List.of());
  }

  private static Feedback feedback(long second, int k, String served, String item, boolean reward) {
    return Feedback.newBuilder()
        .setImpressionId(second + "-" + k)
        .setEventTimeMicros(second * 1_000_000 + k)
        .setSegment("s")
        .setContext(new Context(ByteBuffer.allocate(4), null))
        .setItemId(item)
        .setPolicyId(served)
        .setPolicyVersion(0)
        .setReward(reward ? 1 : 0)
        .setRewardCount(reward ? 1 : 0)
        .setPropensity(.5)
        .setPropensitySource(PropensitySource.LOGGED)
        .setEstimatedPropensity(.5)
        .setEstimatedUncertainty(0)
        .build();
  }

  private void feed(
      KeyedOneInputStreamOperatorTestHarness<String, AlertInput, Alert> harness,
      int from,
      int to,
      double rewarded)
      throws Exception {
    for (int second = from; second < to; second++) {
      String served = second < 10 ? "uniform" : "new";
      FeedbackBlock block = block(second, served, rewarded);
      List<Double> weights = new ArrayList<>();
      for (Feedback one : block.getFeedback()) {
        weights.add(served.equals("uniform") ? 1 : one.getItemId().equals("a") ? 2.5 : .625);
      }
      long time = (second + 1) * 1000L - 1;
      harness.processElement(
          AlertInput.newBuilder()
              .setScored(
                  ScoredBlock.newBuilder()
                      .setPolicy("uniform")
                      .setVersion(0)
                      .setNumber(block.getNumber())
                      .setWeights(weights)
                      .build())
              .build(),
          time);
      harness.processElement(AlertInput.newBuilder().setBlock(block).build(), time);
      harness.processElement(
          AlertInput.newBuilder().setLearned("line").setDataCutMicros(second * 1_000_000L).build(),
          time);
    }
    harness.processWatermark(to * 1000L);
    take(harness);
  }

  private void take(KeyedOneInputStreamOperatorTestHarness<String, AlertInput, Alert> harness) {
    alerts.addAll(harness.extractOutputValues());
    harness.getOutput().clear();
  }

  private List<String> ids() {
    return alerts.stream().map(alert -> alert.getState() + " " + alert.getAlertId()).toList();
  }

  @Test
  void aRegressionIsRaisedOnceAndEndsWithTheRollback() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(control(promote("c1", "uniform", 0, .49)), -1);
      harness.processElement(control(promote("c2", "new", 10, .7)), 9_000);
      feed(harness, 0, 60, 1);
      Alert champion =
          alerts.stream()
              .filter(alert -> alert.getAlertId().equals("VALUE_BELOW_CHAMPION/new/0/*"))
              .findFirst()
              .orElseThrow();
      assertThat(champion.getState()).isEqualTo(AlertState.OPEN);
      assertThat(champion.getStartMicros()).isEqualTo(champion.getEventTimeMicros());
      assertThat(champion.getExplanation().get(0).getPart()).isEqualTo("s");
      assertThat(champion.getRunbook()).isEqualTo("docs/runbook.md#value_below_champion");
      assertThat(ids()).contains("OPEN VALUE_BELOW_PROMISE/new/0/*").noneMatch(this::isOfUniform);
      harness.processElement(control(promote("c3", "uniform", 60, null)), 59_999);
      feed(harness, 60, 62, 1);
      Alert ended = alerts.get(alerts.size() - 1);
      assertThat(ids()).contains("ENDED VALUE_BELOW_CHAMPION/new/0/*");
      assertThat(ended.getEndMicros()).isEqualTo(61_000_000);
    }
  }

  private boolean isOfUniform(String id) {
    return id.contains("/uniform/");
  }

  @Test
  void halfARunASnapshotAndTheRestRaiseTheSameAlerts() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      harness.processElement(control(promote("c1", "uniform", 0, null)), -1);
      harness.processElement(control(promote("c2", "new", 10, .7)), 9_000);
      feed(harness, 0, 15, 1);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(state);
      harness.open();
      feed(harness, 15, 60, 1);
    }
    List<Alert> restored = List.copyOf(alerts);
    alerts.clear();
    try (var harness = harness()) {
      harness.open();
      harness.processElement(control(promote("c1", "uniform", 0, null)), -1);
      harness.processElement(control(promote("c2", "new", 10, .7)), 9_000);
      feed(harness, 0, 60, 1);
    }
    assertThat(restored).isEqualTo(alerts).isNotEmpty();
  }

  @Test
  void stalledRewardsStaleVersionsAndFindingsBeginAndEnd() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 40, 1);
      assertThat(alerts).isEmpty();
      feed(harness, 40, 60, 0);
      feed(harness, 60, 80, 1);
      assertThat(ids())
          .containsExactly("OPEN STALLED_REWARDS/*/0/*", "ENDED STALLED_REWARDS/*/0/*");
      alerts.clear();
      finding(harness, true, 80_500);
      finding(harness, false, 81_500);
      assertThat(ids())
          .containsExactly(
              "OPEN DATA_FINDING/*/0/*/MEAN_WEIGHT/*/*/p",
              "ENDED DATA_FINDING/*/0/*/MEAN_WEIGHT/*/*/p");
      alerts.clear();
      for (int second = 82; second < 90; second++) {
        harness.processElement(
            AlertInput.newBuilder().setBlock(block(second, "new", 1)).build(), second * 1000L);
      }
      harness.processWatermark(90_000);
      take(harness);
      assertThat(ids()).containsExactly("OPEN STALE_CHECKPOINT/line/0/*");
      feed(harness, 91, 92, 1);
      assertThat(ids()).last().isEqualTo("ENDED STALE_CHECKPOINT/line/0/*");
    }
  }

  private void finding(
      KeyedOneInputStreamOperatorTestHarness<String, AlertInput, Alert> harness,
      boolean stands,
      long time)
      throws Exception {
    harness.processElement(
        AlertInput.newBuilder()
            .setFinding(
                AuditFinding.newBuilder()
                    .setFindingId("MEAN_WEIGHT/*/*/p")
                    .setName("MEAN_WEIGHT")
                    .setSeverity(Severity.CRITICAL)
                    .setStanding(stands)
                    .setSegment("*")
                    .setSinceMicros(time * 1000)
                    .setEventTimeMicros(time * 1000)
                    .setN(5)
                    .setEvidence(List.of())
                    .setMeaning("weights too large")
                    .setCauses(List.of())
                    .setAction("compare")
                    .build())
            .build(),
        time);
    harness.processWatermark(time);
    take(harness);
  }
}
