package hindcast.jobs.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.state.MaturityTime;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviseFeedbackHarnessTest {
  private static final long REWARD_WINDOW_MILLIS = 10_000;
  private static final long HORIZON_MILLIS = 5_000;
  private static final long TIME_MILLIS = 1_000;

  private KeyedTwoInputStreamOperatorTestHarness<String, Feedback, RewardCorrection, Feedback>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void feedbackGoesThroughAtOnceAndAgainWithEachCorrection() throws Exception {
    feedback("a", true);
    feedback("b", true);
    correction("a", 1, .5, .25, 2);
    correction("a", 2, .75, .5, 3);
    List<Feedback> emitted = harness.extractOutputValues();
    assertThat(emitted).extracting(Feedback::getImpressionId).containsExactly("a", "b", "a", "a");
    assertThat(emitted).extracting(Feedback::getRevision).containsExactly(0, 0, 1, 2);
    assertThat(emitted).extracting(Feedback::getReward).containsExactly(.25, .25, .5, .75);
    assertThat(emitted)
        .extracting(Feedback::getPreviousReward)
        .containsExactly(null, null, .25, .5);
    assertThat(emitted).extracting(Feedback::getRewardCount).containsExactly(1, 1, 2, 3);
    assertThat(emitted.get(3))
        .isEqualTo(
            Feedback.newBuilder(emitted.get(0))
                .setRevision(2)
                .setReward(.75)
                .setPreviousReward(.5)
                .setRewardCount(3)
                .build());
  }

  @Test
  void correctionsBeforeTheirFeedbackWaitAndFollowInOrder() throws Exception {
    correction("a", 2, .75, .5, 3);
    correction("a", 1, .5, .25, 2);
    assertThat(harness.extractOutputValues()).isEmpty();
    feedback("a", true);
    assertThat(harness.extractOutputValues())
        .extracting(Feedback::getRevision)
        .containsExactly(0, 1, 2);
  }

  @Test
  void anOutcomeThatWasNotActivatedAppearsWithItsActivation() throws Exception {
    feedback("a", false);
    feedback("never", false);
    assertThat(harness.extractOutputValues()).isEmpty();
    correction("a", 1, .5, null, 1);
    correction("a", 2, .75, .5, 2);
    assertThat(harness.extractOutputValues())
        .extracting(Feedback::getImpressionId, Feedback::getRevision, Feedback::getPreviousReward)
        .containsExactly(tuple("a", 1, null), tuple("a", 2, .5));
    assertThat(harness.extractOutputValues()).noneMatch(Feedback::getActivatedInTime);
  }

  @Test
  void whatIsHeldSurvivesARestart() throws Exception {
    feedback("a", true);
    correction("a", 1, .5, .25, 2);
    correction("early", 1, .5, .25, 2);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    correction("a", 2, .75, .5, 3);
    feedback("early", true);
    assertThat(harness.extractOutputValues())
        .extracting(Feedback::getImpressionId)
        .containsExactly("a", "early", "early");
    assertThat(harness.extractOutputValues())
        .extracting(Feedback::getRevision)
        .containsExactly(2, 0, 1);
  }

  @Test
  void feedbackIsHeldUntilItsHorizonHasPassed() throws Exception {
    feedback("a", true);
    feedback("never", false);
    long end = new MaturityTime(REWARD_WINDOW_MILLIS).of(TIME_MILLIS) + HORIZON_MILLIS;
    harness.processBothWatermarks(new Watermark(end - 1));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
    correction("a", 1, .5, .25, 2);
    assertThat(harness.extractOutputValues()).hasSize(2);
    harness.processBothWatermarks(new Watermark(end));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private void feedback(String id, boolean activated) throws Exception {
    Feedback feedback =
        Feedback.newBuilder()
            .setImpressionId(id)
            .setEventTimeMicros(TIME_MILLIS * 1_000)
            .setSegment("s")
            .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
            .setItemId("item")
            .setPolicyId("logging")
            .setPolicyVersion(0)
            .setReward(.25)
            .setRewardCount(1)
            .setPropensity(.5)
            .setPropensitySource(PropensitySource.LOGGED)
            .setEstimatedPropensity(.5)
            .setEstimatedUncertainty(0)
            .setActivatedInTime(activated)
            .build();
    harness.processElement1(new StreamRecord<>(feedback, TIME_MILLIS));
  }

  private void correction(String id, int revision, double reward, Double previous, int count)
      throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new RewardCorrection(id, TIME_MILLIS * 1_000, revision, reward, previous, count),
            TIME_MILLIS));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Feedback, RewardCorrection, Feedback>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(
            new ReviseFeedback(new MaturityTime(REWARD_WINDOW_MILLIS), HORIZON_MILLIS)),
        Feedback::getImpressionId,
        RewardCorrection::getImpressionId,
        Types.STRING);
  }
}
