package hindcast.jobs.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Context;
import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.PropensitySource;
import hindcast.avro.Reward;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.RewardFormula;
import hindcast.feedback.RewardFunction;
import hindcast.feedback.RewardRange;
import hindcast.propensity.Propensity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinRewardsHarnessTest {
  private static final long WINDOW_MILLIS = 10_000;

  private final InputDecoder decoder = new InputDecoder(Duration.ofDays(1));
  private KeyedTwoInputStreamOperatorTestHarness<String, RawRecord, RawRecord, Feedback> harness;
  private long offset;

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
  void emitsOneOutcomeWhenTheWindowCloses() throws Exception {
    impression("a", 1_000);
    reward("a", "r1", 2_000, 0.25);
    reward("a", "r2", 3_000, 0.5);

    watermark(10_999);
    assertThat(outcomes()).isEmpty();

    watermark(11_000);
    assertThat(outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.getReward()).isEqualTo(0.75);
              assertThat(outcome.getRewardCount()).isEqualTo(2);
              assertThat(outcome.getImpressionId()).isEqualTo("a");
            });
    watermark(Long.MAX_VALUE);
    assertThat(outcomes()).hasSize(1);
  }

  @Test
  void anImpressionWithoutRewardIsAZeroOnlyAfterItsWindow() throws Exception {
    impression("a", 1_000);
    watermark(11_000);
    assertThat(outcomes()).singleElement().extracting(Feedback::getReward).isEqualTo(0.0);
  }

  @Test
  void rewardsMayComeBeforeTheirImpression() throws Exception {
    reward("a", "r1", 2_000, 1);
    watermark(1_500);
    impression("a", 1_600);
    watermark(20_000);
    assertThat(outcomes()).singleElement().extracting(Feedback::getReward).isEqualTo(1.0);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void everyRefusedRewardKeepsItsBytesAndReason() throws Exception {
    impression("a", 5_000);
    reward("a", "before", 4_000, 1);
    reward("a", "after", 15_000, 1);
    reward("b", "orphan", 6_000, 1);
    watermark(15_000);
    RawRecord late = reward("a", "late", 6_000, 1);
    watermark(16_000);

    assertThat(reasons())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("BEFORE_IMPRESSION", 1L, "AFTER_WINDOW", 1L, "NO_IMPRESSION", 1L, "LATE", 1L));
    assertThat(deadLetters())
        .filteredOn(letter -> letter.getReason().equals("LATE"))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getRaw().array()).isEqualTo(late.value());
              assertThat(letter.getOffset()).isEqualTo(late.offset());
            });
  }

  @Test
  void aLateImpressionIsADeadLetterAndNoOutcome() throws Exception {
    watermark(50_000);
    impression("a", 1_000);
    watermark(60_000);
    assertThat(outcomes()).isEmpty();
    assertThat(reasons()).isEqualTo(Map.of("LATE", 1L));
  }

  @Test
  void duplicatesChangeNothing() throws Exception {
    impression("a", 1_000);
    impression("a", 1_500);
    reward("a", "r1", 2_000, 1);
    reward("a", "r1", 2_500, 0.5);
    watermark(11_000);
    impression("a", 1_000);
    watermark(12_000);
    assertThat(outcomes()).singleElement().extracting(Feedback::getReward).isEqualTo(1.0);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aRestoredJoinGoesOnAsIfNothingHadHappened() throws Exception {
    impression("a", 1_000);
    reward("a", "r1", 2_000, 0.5);
    reward("b", "early", 2_000, 1);
    watermark(3_000);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    reward("a", "r1", 2_000, 0.5);
    impression("b", 1_900);
    watermark(12_000);
    List<Feedback> outcomes = outcomes();
    assertThat(outcomes).extracting(Feedback::getImpressionId).containsExactly("a", "b");
    assertThat(outcomes).extracting(Feedback::getReward).containsExactly(0.5, 1.0);
  }

  @Test
  void forgetsEverythingInTheEnd() throws Exception {
    impression("a", 1_000);
    reward("a", "r1", 2_000, 1);
    reward("b", "orphan", 2_000, 1);
    watermark(Long.MAX_VALUE - 1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aRewardAfterTheOutcomeCorrectsItUpToTheHorizonAlsoAfterARestore() throws Exception {
    open(new JoinRewards(WINDOW_MILLIS, 5_000, RewardFormula.sum(RewardRange.UNIT)));
    impression("a", 1_000);
    reward("a", "r1", 2_000, 0.25);
    watermark(11_000);
    reward("a", "r2", 3_000, 0.5);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    assertThat(corrections())
        .containsExactly(new RewardCorrection("a", 1_000_000L, 1, 0.75, 0.25, 2));
    harness.close();

    harness = harness(new JoinRewards(WINDOW_MILLIS, 5_000, RewardFormula.sum(RewardRange.UNIT)));
    harness.initializeState(snapshot);
    harness.open();
    reward("a", "r2", 3_000, 0.5);
    watermark(15_999);
    reward("a", "r3", 4_000, 0.125);
    watermark(16_000);
    reward("a", "r4", 4_000, 0.125);
    assertThat(corrections())
        .containsExactly(new RewardCorrection("a", 1_000_000L, 2, 0.875, 0.75, 3));
    assertThat(reasons()).isEqualTo(Map.of("LATE", 1L));
    watermark(Long.MAX_VALUE - 1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void anImpressionThatIsNotActivatedIsADeadLetterWithItsBytes() throws Exception {
    open(
        new JoinRewards(
            WINDOW_MILLIS, 0, RewardFormula.of(RewardRange.UNIT, RewardFunction.SUM, 0, "shown")));
    RawRecord hidden = impression("a", 1_000);
    RawRecord unseen = reward("a", "r1", 2_000, 1);
    impression("b", 1_000);
    harness.processElement2(
        raw(InputStream.REWARDS, new Reward("b", "s", 1_500_000L, 0.0, "shown")), 1_500);
    watermark(11_000);
    assertThat(outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.getImpressionId()).isEqualTo("b");
              assertThat(outcome.getReward()).isZero();
              assertThat(outcome.getRewardCount()).isZero();
            });
    assertThat(reasons()).isEqualTo(Map.of("NOT_ACTIVATED", 2L));
    assertThat(deadLetters())
        .extracting(letter -> letter.getRaw().array())
        .containsExactlyInAnyOrder(hidden.value(), unseen.value());
    watermark(Long.MAX_VALUE - 1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aLateActivationMakesAnOutcomeCountAlsoAfterARestore() throws Exception {
    RewardFormula formula = RewardFormula.of(RewardRange.UNIT, RewardFunction.SUM, 0, "shown");
    open(new JoinRewards(WINDOW_MILLIS, 5_000, formula));
    impression("a", 1_000);
    reward("a", "r1", 2_000, 0.25);
    RawRecord never = impression("b", 1_000);
    RawRecord unseen = reward("b", "r1", 2_000, 1);
    watermark(11_000);
    assertThat(outcomes()).hasSize(2).noneMatch(Feedback::getActivatedInTime);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness(new JoinRewards(WINDOW_MILLIS, 5_000, formula));
    harness.initializeState(snapshot);
    harness.open();
    watermark(15_999);
    assertThat(deadLetters()).isEmpty();
    harness.processElement2(
        raw(InputStream.REWARDS, new Reward("a", "s", 1_500_000L, 0.0, "shown")), 1_500);
    reward("a", "r2", 3_000, 0.5);
    watermark(16_000);
    assertThat(corrections())
        .containsExactly(
            new RewardCorrection("a", 1_000_000L, 1, 0.25, null, 1),
            new RewardCorrection("a", 1_000_000L, 2, 0.75, 0.25, 2));
    assertThat(reasons()).isEqualTo(Map.of("NOT_ACTIVATED", 2L));
    assertThat(deadLetters())
        .extracting(letter -> letter.getRaw().array())
        .containsExactlyInAnyOrder(never.value(), unseen.value());
    watermark(Long.MAX_VALUE - 1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private void open(JoinRewards join) throws Exception {
    harness.close();
    harness = harness(join);
    harness.open();
  }

  private List<RewardCorrection> corrections() {
    return harness.getSideOutput(JoinRewards.CORRECTIONS).stream()
        .map(StreamRecord::getValue)
        .toList();
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, RawRecord, RawRecord, Feedback> harness()
      throws Exception {
    return harness(new JoinRewards(WINDOW_MILLIS, RewardRange.UNIT));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, RawRecord, RawRecord, Feedback>
      harness(JoinRewards join) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(join),
        record -> record.payload(Impression.class).getImpressionId(),
        record -> record.payload(Reward.class).getImpressionId(),
        Types.STRING);
  }

  @Test
  void aPropensityCountedFromDrawsKeepsTheirNumberAndUncertainty() throws Exception {
    harness.processElement1(
        raw(
            InputStream.IMPRESSIONS,
            Impression.newBuilder()
                .setImpressionId("a")
                .setEventTimeMicros(1_000_000)
                .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
                .setItemId("item")
                .setPropensity(0.25)
                .setPropensityDraws(400L)
                .build()),
        1_000);
    watermark(11_000);
    assertThat(outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.getPropensity()).isEqualTo(0.25);
              assertThat(outcome.getPropensitySource()).isEqualTo(PropensitySource.MONTE_CARLO);
              assertThat(outcome.getPropensityDraws()).isEqualTo(400);
              assertThat(outcome.getPropensityUncertainty())
                  .isEqualTo(Propensity.monteCarlo(0.25, 400).uncertainty());
            });
  }

  private RawRecord impression(String id, long millis) throws Exception {
    RawRecord record =
        raw(
            InputStream.IMPRESSIONS,
            Impression.newBuilder()
                .setImpressionId(id)
                .setEventTimeMicros(millis * 1000)
                .setContext(new Context(AvroMapping.pack(new float[] {1}), null))
                .setItemId("item")
                .build());
    harness.processElement1(record, millis);
    return record;
  }

  private RawRecord reward(String id, String rewardId, long millis, double value) throws Exception {
    RawRecord record = raw(InputStream.REWARDS, new Reward(id, rewardId, millis * 1000, value, ""));
    harness.processElement2(record, millis);
    return record;
  }

  private RawRecord raw(InputStream stream, SpecificRecord record) {
    byte[] bytes = WireFormat.ofThread().encode(record);
    return decoder.decode(stream, "topic", 0, offset++, RawRecord.NO_APPEND_TIME, bytes);
  }

  private void watermark(long millis) throws Exception {
    harness.processBothWatermarks(new Watermark(millis));
  }

  private List<Feedback> outcomes() {
    return new ArrayList<>(harness.extractOutputValues());
  }

  private List<DeadLetter> deadLetters() {
    Queue<StreamRecord<DeadLetter>> output = harness.getSideOutput(DeadLetterOutput.TAG);
    return output == null
        ? List.of()
        : output.stream().map(StreamRecord::getValue).collect(Collectors.toList());
  }

  private Map<String, Long> reasons() {
    return deadLetters().stream()
        .collect(Collectors.groupingBy(DeadLetter::getReason, Collectors.counting()));
  }
}
