package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.SupportRule;
import hindcast.testing.States;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The value over any interval of whole windows is that of all outcomes in it. */
class WindowMergeLawsTest {
  private static final List<EstimatorSpec> ESTIMATORS =
      List.of(
          EstimatorSpec.parse("IPS"),
          EstimatorSpec.parse("SNIPS"),
          EstimatorSpec.parse("IPS_CV"),
          EstimatorSpec.parse("CIPS_CAP:cap=2"));
  private static final long PART = 10;
  private static final long WINDOW = 30;
  private static final long DAY = 120;
  private static final long HORIZON = 50;
  private static final int PARTS = 60;

  private static final class Outcome {
    final long time;
    final double probability;
    final double propensity;
    double reward;

    Outcome(long time, Random random) {
      this.time = time;
      probability = random.nextDouble();
      propensity = 0.1 + 0.9 * random.nextDouble();
      reward = random.nextDouble();
    }

    void addTo(SliceSums sums) {
      sums.add(scored(), false);
    }

    ScoredOutcome scored() {
      ScoredOutcome outcome = new ScoredOutcome();
      outcome.of("", time, "");
      outcome.score(probability, propensity, 0, reward);
      return outcome;
    }
  }

  @Property(tries = 40)
  void anyIntervalEqualsARecomputation(
      @ForAll long seed,
      @ForAll boolean corrections,
      @ForAll @IntRange(min = 0, max = 200) int compactAfter,
      @ForAll @IntRange(min = 1, max = 5) int sliding) {
    Random random = new Random(seed);
    WindowPlan plan = new WindowPlan(WINDOW, DAY, compactAfter, sliding);
    List<List<Outcome>> parts = parts(random);
    WindowMerge merge = stored(parts, plan, corrections, random);
    for (int k = 0; k < 20; k++) {
      long from = random.nextLong(PARTS * PART);
      long to = from + 1 + random.nextLong(PARTS * PART - from);
      merge.over(from, to).ifPresent(merged -> assertRecomputed(merged, parts, from, to));
    }
    WindowMerge.Merged all = merge.over(0, PARTS * PART).orElseThrow();
    assertThat(all.sums().estimates().n()).isEqualTo(parts.stream().mapToInt(List::size).sum());
  }

  private static void assertRecomputed(
      WindowMerge.Merged merged, List<List<Outcome>> parts, long from, long to) {
    assertThat(merged.fromMicros()).isLessThanOrEqualTo(from).isGreaterThan(from - DAY);
    assertThat(merged.toMicros()).isGreaterThanOrEqualTo(to).isLessThan(to + DAY);
    SliceSums expected = new SliceSums(ESTIMATORS);
    for (List<Outcome> part : parts) {
      part.stream()
          .filter(o -> o.time >= merged.fromMicros() && o.time < merged.toMicros())
          .forEach(outcome -> outcome.addTo(expected));
    }
    assertThat(merged.sums().estimates().n()).isEqualTo(expected.estimates().n());
    List<EstimateSet.Line> lines = merged.sums().estimates().estimates(SupportRule.DEFAULT);
    List<EstimateSet.Line> wanted = expected.estimates().estimates(SupportRule.DEFAULT);
    for (int k = 0; k < lines.size(); k++) {
      double value = wanted.get(k).estimate().value().orElse(-1);
      assertThat(lines.get(k).estimate().value().orElse(-1)).isCloseTo(value, within(1e-9));
      // Of a single event the variance is 0 but for rounding, and a root would halve its digits.
      double error = wanted.get(k).estimate().standardError().orElse(-1);
      double merge = lines.get(k).estimate().standardError().orElse(-1);
      assertThat(merge * merge).isCloseTo(error * error, within(1e-12));
    }
    assertThat(merged.sums().difference().value().orElse(-1))
        .isCloseTo(expected.difference().value().orElse(-1), within(1e-9));
    assertThat(merged.sums().test().difference())
        .isCloseTo(expected.test().difference(), within(1e-9));
  }

  private static List<List<Outcome>> parts(Random random) {
    List<List<Outcome>> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      List<Outcome> outcomes = new ArrayList<>();
      for (int k = random.nextInt(4); k > 0; k--) {
        outcomes.add(new Outcome(part * PART + random.nextLong(PART), random));
      }
      parts.add(outcomes);
    }
    parts.get(PARTS - 1).add(new Outcome(PARTS * PART - 1, random));
    return parts;
  }

  /** One slice in miniature; its state goes through bytes after every part. */
  private static WindowMerge stored(
      List<List<Outcome>> parts, WindowPlan plan, boolean corrections, Random random) {
    WindowMerge merge = new WindowMerge();
    RevisableSums sums = new RevisableSums(ESTIMATORS);
    SliceWindows windows = new SliceWindows(ESTIMATORS, plan);
    for (int part = 0; part < PARTS; part++) {
      long end = (part + 1) * PART;
      for (Outcome outcome : parts.get(part)) {
        if (corrections) {
          sums.add(end, outcome.scored(), false);
          windows.begin(end);
        } else {
          sums.add(outcome.scored(), false);
          windows.add(end, outcome.scored(), false);
        }
      }
      if (corrections) {
        correct(parts, part, sums, windows, random);
        sums.settle(end - HORIZON, windows::settle);
      }
      windows.due(end, sums.parts(), random.nextBoolean()).forEach(merge::add);
      SliceWindows restored = new SliceWindows(ESTIMATORS, plan);
      States.restore(windows::write, restored::read);
      windows = restored;
    }
    windows.due(PARTS * PART, sums.parts(), true).forEach(merge::add);
    return merge;
  }

  private static void correct(
      List<List<Outcome>> parts, int now, RevisableSums sums, SliceWindows windows, Random random) {
    int part = Math.max(0, now - random.nextInt(4));
    long end = (part + 1) * PART;
    if (parts.get(part).isEmpty() || !sums.parts().containsKey(end)) {
      return;
    }
    parts.get(part).get(0).reward = random.nextDouble();
    sums.withdraw(end);
    parts.get(part).forEach(outcome -> sums.add(end, outcome.scored(), false));
    windows.corrected(end, 1);
  }
}
