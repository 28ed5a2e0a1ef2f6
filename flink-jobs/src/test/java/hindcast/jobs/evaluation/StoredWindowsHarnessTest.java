package hindcast.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.avro.ValueWindows;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.WindowMerge;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The value over any interval of stored windows is that of a log in which every reward came in time
 * and no job was ever stopped.
 */
class StoredWindowsHarnessTest {
  private static final int WINDOWS = CorrectionsHarnessTest.WINDOWS;
  private static final long SECOND = CorrectionsHarnessTest.WINDOW_MILLIS;
  private static final int NEVER = -1;

  @Test
  void correctionsRestoresAndRescalingChangeNoInterval() throws Exception {
    Map<String, WindowMerge> clean = merges(run(false, NEVER, 1));
    for (int restart : new int[] {NEVER, 1, 4}) {
      for (int parallelism : new int[] {1, 3}) {
        Map<String, WindowMerge> late = merges(run(true, restart, parallelism));
        assertThat(late.keySet()).isEqualTo(clean.keySet());
        late.forEach((slice, merge) -> assertSame(slice, merge, clean.get(slice)));
      }
    }
  }

  @Test
  void correctedWindowsAreWrittenAgainAndOldOnesGiveWay() throws Exception {
    List<ValueWindow> windows =
        run(true, NEVER, 1).stream()
            .filter(window -> window.getPolicy().equals("always"))
            .filter(window -> window.getSegment().equals("*"))
            .toList();
    assertThat(windows).anyMatch(window -> window.getRevision() > 0);
    assertThat(windows).anyMatch(window -> !window.getStatistics().hasRemaining());
    assertThat(windows)
        .anyMatch(window -> window.getEndMicros() - window.getStartMicros() == 4_000_000);
  }

  private static void assertSame(String slice, WindowMerge late, WindowMerge clean) {
    for (int from = 0; from < WINDOWS; from++) {
      for (int to = from + 1; to <= WINDOWS; to++) {
        WindowMerge.Merged one = late.over(from * 1_000_000L, to * 1_000_000L).orElseThrow();
        WindowMerge.Merged two = clean.over(from * 1_000_000L, to * 1_000_000L).orElseThrow();
        assertThat(one.fromMicros()).isEqualTo(two.fromMicros());
        assertThat(one.toMicros()).isEqualTo(two.toMicros());
        List<EstimateSet.Line> a = one.sums().estimates().estimates(SupportRule.DEFAULT);
        List<EstimateSet.Line> b = two.sums().estimates().estimates(SupportRule.DEFAULT);
        for (int k = 0; k < a.size(); k++) {
          assertThat(a.get(k).estimate().n()).isEqualTo(b.get(k).estimate().n());
          assertThat(a.get(k).estimate().value().orElse(-1))
              .as(slice + " " + a.get(k).spec() + " from " + from + " to " + to)
              .isCloseTo(b.get(k).estimate().value().orElse(-1), within(1e-9));
        }
      }
    }
  }

  private static Map<String, WindowMerge> merges(List<ValueWindow> windows) throws IOException {
    Map<String, WindowMerge> merges = new TreeMap<>();
    for (ValueWindow window : windows) {
      merges
          .computeIfAbsent(
              window.getPolicy() + " " + window.getSegment(), slice -> new WindowMerge())
          .add(ValueWindows.window(window));
    }
    return merges;
  }

  private static List<ValueWindow> run(boolean late, int restartIn, int parallelism)
      throws Exception {
    List<ValueWindow> windows = new ArrayList<>();
    Subtasks subtasks = new Subtasks(1, null);
    for (int window = 0; window < WINDOWS; window++) {
      long matured = (window + 1) * SECOND + CorrectionsHarnessTest.REWARD_WINDOW_MILLIS - 1;
      for (String owner : List.of("always", "logging")) {
        subtasks.process(
            new EvaluationInput(
                owner, CorrectionsHarnessTest.block(owner, window, !late), null, null, null, null),
            matured);
        if (late && window > 0) {
          for (RewardCorrection correction : CorrectionsHarnessTest.corrections(window - 1)) {
            subtasks.process(new EvaluationInput(owner, null, null, correction, null, null), 0);
          }
        }
      }
      if (window == restartIn) {
        subtasks.close(windows);
        subtasks = new Subtasks(parallelism, subtasks.snapshot);
      }
      subtasks.advance(new Watermark(matured));
    }
    subtasks.advance(Watermark.MAX_WATERMARK);
    subtasks.close(windows);
    return windows;
  }

  /** The operator at some parallelism; a savepoint is taken when it is closed. */
  private static final class Subtasks {
    private final List<
            KeyedTwoInputStreamOperatorTestHarness<
                String, EvaluationInput, CatalogueManifest, ValueEstimate>>
        subtasks = new ArrayList<>();
    private OperatorSubtaskState snapshot;

    Subtasks(int parallelism, OperatorSubtaskState from) throws Exception {
      for (int k = 0; k < parallelism; k++) {
        var subtask = harness(parallelism, k);
        if (from != null) {
          subtask.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  from, EvaluatorHarness.MAXIMUM_PARALLELISM, 1, parallelism, k));
        }
        subtask.open();
        subtasks.add(subtask);
      }
    }

    void process(EvaluationInput input, long timestamp) throws Exception {
      int group =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              input.getOwner(), EvaluatorHarness.MAXIMUM_PARALLELISM, subtasks.size());
      subtasks.get(group).processElement1(new StreamRecord<>(input, timestamp));
    }

    void advance(Watermark watermark) throws Exception {
      for (var subtask : subtasks) {
        subtask.processBothWatermarks(watermark);
      }
    }

    void close(List<ValueWindow> windows) throws Exception {
      for (var subtask : subtasks) {
        windows.addAll(EvaluatorHarness.sideOutput(subtask, EvaluatePolicy.WINDOWS));
        snapshot = subtasks.size() == 1 ? subtask.snapshot(1, 1) : null;
        subtask.close();
      }
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      harness(int parallelism, int subtask) throws Exception {
    return EvaluatorHarness.of(
        List.of(
            new PolicyLine("always", Kind.ALWAYS, List.of(), Map.of(), "item-1"),
            new PolicyLine("logging", Kind.LOGGING, List.of(), Map.of(), "")),
        List.of("IPS", "SNIPS", "CIPS_CAP:cap=2"),
        CorrectionsHarnessTest.REWARD_WINDOW_MILLIS,
        CorrectionsHarnessTest.HORIZON_MILLIS,
        SECOND,
        1_000,
        new EvaluationSettings.Windows(2_000, 4_000, 1_000, 2, 0),
        true,
        null,
        parallelism,
        subtask);
  }
}
