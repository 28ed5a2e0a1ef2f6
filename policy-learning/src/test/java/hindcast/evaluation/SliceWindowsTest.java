package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.estimator.EstimatorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts without outcomes that may come to count until they are settled. */
class SliceWindowsTest {
  private static final List<EstimatorSpec> ESTIMATORS = List.of(EstimatorSpec.parse("IPS"));
  private static final WindowPlan PLAN = new WindowPlan(10, 40, 1_000, 1);

  private final RevisableSums sums = new RevisableSums(ESTIMATORS);
  private final SliceWindows windows = new SliceWindows(ESTIMATORS, PLAN);

  @Test
  void aLongWindowWaitsForThem() {
    begin(10);
    sums.add(10, outcome(5), false);
    begin(40);
    sums.settle(30, windows::settle);
    assertThat(windows.due(50, sums.parts(), false))
        .extracting(this::text)
        .containsExactly("0 1 0");
    assertThat(windows.isDone()).isFalse();

    windows.corrected(40, 1);
    sums.add(40, outcome(35), false);
    assertThat(windows.due(60, sums.parts(), false))
        .extracting(this::text)
        .containsExactly("30 1 1");
    sums.settle(40, windows::settle);
    assertThat(windows.due(70, sums.parts(), false))
        .extracting(this::text)
        .containsExactly("0 2 1");
  }

  @Test
  void withoutOutcomesNothingIsStored() {
    begin(10);
    begin(40);
    assertThat(windows.due(50, sums.parts(), true)).isEmpty();
    assertThat(windows.last(1, 10, sums.parts())).isEmpty();
    assertThat(sums.isEmpty()).isTrue();
    assertThat(sums.settle(40, windows::settle)).isTrue();
    assertThat(sums.isRevisable()).isFalse();
    assertThat(windows.due(2_000, sums.parts(), true)).isEmpty();
    assertThat(windows.isDone()).isTrue();
  }

  private void begin(long partEnd) {
    sums.begin(partEnd);
    windows.begin(partEnd);
  }

  /** Start, outcomes and corrections. */
  private String text(StoredWindow window) {
    return window.startMicros()
        + " "
        + window.requireSums().estimates().n()
        + " "
        + window.revision();
  }

  private static ScoredOutcome outcome(long time) {
    ScoredOutcome outcome = new ScoredOutcome();
    outcome.of("", time, "");
    outcome.score(.5, .5, 0, 1);
    return outcome;
  }
}
