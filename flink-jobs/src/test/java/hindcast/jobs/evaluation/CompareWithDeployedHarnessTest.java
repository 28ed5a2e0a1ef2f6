package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.avro.DifferenceToDeployed;
import hindcast.avro.GateResult;
import hindcast.avro.GateVerdict;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.ComparisonInput;
import hindcast.avro.internal.ScoredBlock;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import hindcast.jobs.config.PipelineConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Windows of a second with 40 impressions in two blocks, rewards in [-1, 1], a report after each,
 * and outcomes that can be corrected for three seconds. Policy a is deployed from second 2 on, b
 * from second 6.
 */
class CompareWithDeployedHarnessTest {
  private static final int SECONDS = 10;
  private static final int EVENTS = 20;
  private static final List<String> POLICIES = List.of("a", "b", "c");
  private static final PipelineConfig CONFIG =
      PipelineConfig.defaults()
          .with(
              Map.of(
                  "reward.min", "-1",
                  "reward.correction-horizon", "3s",
                  "learning.policies", "[]",
                  "evaluation.policies", "[{id: a, kind: uniform}]"));

  private KeyedOneInputStreamOperatorTestHarness<String, ComparisonInput, ValueEstimate> harness;
  private final List<ValueEstimate> estimates = new ArrayList<>();
  private final List<GateVerdict> verdicts = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    begin(null);
  }

  private void begin(OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new CompareWithDeployed(EvaluationSettings.of(CONFIG))),
            input -> "",
            Types.STRING);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void end() throws Exception {
    harness.close();
  }

  private void take() {
    estimates.addAll(harness.extractOutputValues());
    harness.getOutput().clear();
    Queue<StreamRecord<GateVerdict>> judged = harness.getSideOutput(CompareWithDeployed.VERDICTS);
    if (judged != null) {
      judged.forEach(record -> verdicts.add(record.getValue()));
      judged.clear();
    }
  }

  private static String deployed(int second) {
    return second < 2 ? "" : second < 6 ? "a" : "b";
  }

  private static List<Double> numbers(String what, long block) {
    SplittableRandom random = new SplittableRandom(what.hashCode() * 1_000L + block);
    List<Double> numbers = new ArrayList<>();
    random.doubles(EVENTS).forEach(numbers::add);
    return numbers;
  }

  private static ScoredBlock scored(String policy, String deployed, long block) {
    ScoredBlock.Builder scored =
        ScoredBlock.newBuilder()
            .setPolicy(policy)
            .setVersion(0)
            .setNumber(block)
            .setWeights(numbers(policy, block).stream().map(u -> 2 * u).toList());
    if (policy.equals(deployed)) {
      scored
          .setDeployment("to " + policy)
          .setRewards(numbers("reward", block))
          .setUncertainties(Collections.nCopies(EVENTS, 0.0));
    }
    return scored.build();
  }

  private static ValueEstimate estimate(String policy, int second) {
    return ValueEstimate.newBuilder()
        .setPolicy(policy)
        .setVersion(0)
        .setEstimator("IPS")
        .setParameters(Map.of())
        .setSegment("*")
        .setEventTimeMicros((second + 1) * 1_000_000L)
        .setN(second)
        .setValue(null)
        .setStandardError(null)
        .setLower(null)
        .setUpper(null)
        .setEffectiveSampleSize(0)
        .setRewardedEffectiveSampleSize(0)
        .setLargestWeight(0)
        .setMeanWeight(null)
        .setSupported(false)
        .build();
  }

  private static GateVerdict verdict(String policy, int second) {
    return GateVerdict.newBuilder()
        .setPolicy(policy)
        .setVersion(0)
        .setEventTimeMicros((second + 1) * 1_000_000L)
        .setVerdict(GateResult.HOLD)
        .setCandidate(1)
        .setLevel(.03)
        .setSpent(.03)
        .setAlpha(.05)
        .setMargin(0)
        .setN(second)
        .setEventsPerSecond(1)
        .setLoggingValue(0)
        .setDifference(0)
        .setStandardError(null)
        .setLower(0)
        .setUpper(0)
        .setEffectiveSampleSize(0)
        .setShare(.5)
        .setUplift(0)
        .setSignificance(.05)
        .setSuccessLevel(.8)
        .setForecasts(List.of())
        .setChecks(List.of())
        .setFindings(List.of())
        .setSegments(List.of())
        .setItems(List.of())
        .setMoreEvents(null)
        .build();
  }

  /** Everything of a second, the last first where {@code backwards}, and its watermark. */
  private void feed(int second, boolean backwards, List<String> policies) throws Exception {
    List<ComparisonInput> inputs = new ArrayList<>();
    for (String policy : policies) {
      for (int block = 2 * second; !deployed(second).isEmpty() && block < 2 * second + 2; block++) {
        inputs.add(
            ComparisonInput.newBuilder()
                .setScored(scored(policy, deployed(second), block))
                .build());
      }
    }
    for (String policy : POLICIES) {
      inputs.add(ComparisonInput.newBuilder().setEstimate(estimate(policy, second)).build());
    }
    inputs.add(ComparisonInput.newBuilder().setVerdict(verdict("c", second)).build());
    if (backwards) {
      Collections.reverse(inputs);
    }
    for (ComparisonInput input : inputs) {
      harness.processElement(input, second * 1_000L + 999);
    }
  }

  private void pass(int second) throws Exception {
    harness.processWatermark(second * 1_000L + 999);
    take();
  }

  private DifferenceToDeployed of(String policy, int second) {
    return estimates.stream()
        .filter(one -> one.getPolicy().equals(policy) && one.getN() == second)
        .findFirst()
        .orElseThrow()
        .getDifferenceToDeployed();
  }

  @Test
  void saysTheDifferenceSinceTheDeployment() throws Exception {
    for (int second = 0; second < SECONDS; second++) {
      feed(second, false, POLICIES);
      pass(second);
    }
    assertThat(of("c", 1)).isNull();
    assertThat(of("a", 5)).isNull();
    assertThat(of("b", 6)).isNull();
    assertDifference(of("c", 5), "c", "a", 2, 5);
    assertDifference(of("b", 3), "b", "a", 2, 3);
    assertDifference(of("c", 6), "c", "b", 6, 6);
    assertDifference(of("a", 9), "a", "b", 6, 9);
    assertThat(verdicts).hasSize(SECONDS);
    assertThat(verdicts.get(9).getDifferenceToDeployed()).isEqualTo(of("c", 9));
    assertThat(verdicts.get(0).getDifferenceToDeployed()).isNull();
  }

  private static void assertDifference(
      DifferenceToDeployed record, String policy, String deployed, int from, int until) {
    DifferenceSequence sequence = new DifferenceSequence(.05);
    double sum = 0;
    for (int block = 2 * from; block < 2 * until + 2; block++) {
      List<Double> weights = numbers(policy, block);
      List<Double> others = numbers(deployed, block);
      List<Double> rewards = numbers("reward", block);
      for (int k = 0; k < EVENTS; k++) {
        sequence.add(2 * weights.get(k), 2 * others.get(k), rewards.get(k));
        sum += 2 * (weights.get(k) - others.get(k)) * rewards.get(k);
      }
    }
    Interval interval = sequence.interval();
    assertThat(record.getPolicy()).isEqualTo(deployed);
    assertThat(record.getN()).isEqualTo(sequence.n());
    assertThat(record.getValue()).isCloseTo(2 * sum / sequence.n(), within(1e-12));
    assertThat(record.getStandardError()).isPositive();
    assertThat(record.getLower()).isNull();
    assertThat(record.getSequenceLower()).isEqualTo(2 * interval.lower());
    assertThat(record.getSequenceUpper()).isEqualTo(2 * interval.upper());
  }

  @Test
  void inWhichOrderAnEventTimeArrivesDoesNotMatter() throws Exception {
    for (int second = 0; second < SECONDS; second++) {
      feed(second, false, POLICIES);
      pass(second);
    }
    List<ValueEstimate> ordered = List.copyOf(estimates);
    estimates.clear();
    end();
    begin();
    for (int second = 0; second < SECONDS; second++) {
      feed(second, true, POLICIES);
    }
    for (int second = 0; second < SECONDS; second++) {
      pass(second);
    }
    assertThat(estimates).containsExactlyInAnyOrderElementsOf(ordered);
  }

  @Test
  void halfARunASnapshotAndTheRestSayTheSame() throws Exception {
    for (int second = 0; second < SECONDS; second++) {
      feed(second, false, POLICIES);
      pass(second);
    }
    List<ValueEstimate> whole = List.copyOf(estimates);
    List<GateVerdict> judged = List.copyOf(verdicts);
    for (int restart = 0; restart < SECONDS; restart++) {
      estimates.clear();
      verdicts.clear();
      end();
      begin();
      for (int second = 0; second < SECONDS; second++) {
        feed(second, false, POLICIES);
        if (second == restart) {
          OperatorSubtaskState state = harness.snapshot(1, 1);
          end();
          begin(state);
        }
        pass(second);
      }
      assertThat(estimates).as("restart in second %d", restart).isEqualTo(whole);
      assertThat(verdicts).isEqualTo(judged);
    }
  }

  @Test
  void withoutADeploymentRecordsPassAsTheyAreInTheirOrder() throws Exception {
    List<ValueEstimate> sent = new ArrayList<>();
    for (int second = 0; second < 2; second++) {
      feed(second, false, POLICIES);
      for (String policy : POLICIES) {
        sent.add(estimate(policy, second));
      }
    }
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.processWatermark(Long.MAX_VALUE);
    take();
    assertThat(estimates).isEqualTo(sent);
    assertThat(verdicts).containsExactly(verdict("c", 0), verdict("c", 1));
  }

  @Test
  void aClosedVersionKeepsItsLastDifferenceWhileItCanBeCorrected() throws Exception {
    for (int second = 0; second < SECONDS; second++) {
      feed(second, false, second < 4 ? POLICIES : List.of("a", "b"));
      if (second == 4) {
        harness.processElement(
            ComparisonInput.newBuilder().setScored(BlockWeights.closed("c", 0)).build(), 4_999);
      }
      pass(second);
    }
    assertDifference(of("c", 3), "c", "a", 2, 3);
    assertThat(of("c", 7)).isEqualTo(of("c", 3));
    assertThat(of("c", 8)).isEqualTo(of("c", 3));
    assertThat(of("c", 9)).isNull();
  }
}
