package hindcast.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.alert.Condition.Subject;
import hindcast.audit.Severity;
import hindcast.regression.RegressionSettings;
import hindcast.regression.SliceRegressions;
import hindcast.testing.States;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two items shown alike; the champion shows the better one, which only segment bad has, more. */
class DeployedWatchTest {
  private static final DeploymentRule RULE =
      new DeploymentRule(
          new RegressionSettings(0, 0.05, 1e6), new SliceRegressions.Rule(0, 0.1, 100, 10), 0.1);

  private static DeployedWatch watch() {
    return new DeployedWatch(Subject.of("new", 8), "old@4", RULE, OptionalDouble.of(0.5));
  }

  private static void feed(DeployedWatch watch, int from, int to) {
    for (int t = from; t < to; t++) {
      SplittableRandom random = new SplittableRandom(t);
      boolean bad = random.nextInt(4) == 0;
      boolean better = random.nextInt(2) == 0;
      double mean = !bad ? 0.3 : better ? 0.6 : 0.1;
      watch.add(
          better ? 1.6 : 0.4,
          random.nextDouble() < mean ? 1 : 0,
          bad ? "bad" : "good",
          better ? "better" : "worse",
          t * 1_000_000L);
    }
  }

  private static Condition of(AlertKind kind, List<Condition> conditions) {
    return conditions.stream().filter(c -> c.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void aDropIsNamedWithWhatContributesMost() {
    DeployedWatch watch = watch();
    feed(watch, 0, 8000);
    List<Condition> conditions = watch.conditions();
    Condition champion = of(AlertKind.VALUE_BELOW_CHAMPION, conditions);
    assertThat(champion.n()).isEqualTo(8000);
    assertThat(champion.logEvidence()).isGreaterThan(champion.threshold());
    assertThat(champion.explanation().get(0).dimension()).isEqualTo("segment");
    assertThat(champion.explanation().get(0).part().name()).isEqualTo("bad");
    double drop = champion.evidence().get("championValue") - champion.evidence().get("value");
    assertThat(champion.evidence().get("dropLower")).isLessThan(drop);
    assertThat(
            champion.explanation().stream()
                .filter(c -> c.dimension().equals("hour"))
                .mapToDouble(c -> c.part().share())
                .sum())
        .as("all hours have a drop")
        .isCloseTo(drop, within(1e-12));
    assertThat(of(AlertKind.SLICE_BELOW_CHAMPION, conditions).subject().segment()).isEqualTo("bad");
    assertThat(conditions.stream().map(c -> c.subject().segment())).doesNotContain("good");
    assertThat(of(AlertKind.VALUE_BELOW_PROMISE, conditions).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(conditions.stream().map(Condition::id)).doesNotHaveDuplicates();
  }

  @Test
  void halfASnapshotAndTheRestSayTheSameAsTheWhole() {
    DeployedWatch whole = watch();
    feed(whole, 0, 5000);
    DeployedWatch half = watch();
    feed(half, 0, 2500);
    DeployedWatch restored = watch();
    States.restore(half::write, restored::read);
    feed(restored, 2500, 5000);
    assertThat(restored.conditions()).isEqualTo(whole.conditions()).isNotEmpty();
    assertThat(States.bytes(restored::write)).isEqualTo(States.bytes(whole::write));
  }

  @Test
  void withoutAChampionOnlyThePromiseIsTested() {
    DeployedWatch watch = new DeployedWatch(Subject.of("new", 8), "", RULE, OptionalDouble.of(0.5));
    for (int t = 0; t < 2000; t++) {
      watch.add(Double.NaN, t % 3 == 0 ? 1 : 0, "", "a", t);
    }
    assertThat(watch.conditions())
        .extracting(Condition::kind)
        .containsOnly(AlertKind.VALUE_BELOW_PROMISE, AlertKind.SUDDEN_DROP);
    assertThat(of(AlertKind.VALUE_BELOW_PROMISE, watch.conditions()).message())
        .isEqualTo(
            "new@8 earns 0.3335 on average after 2000 impressions; it was promoted for 0.5000.");
  }
}
