package hindcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticWorldTest {
  private static final WorldSettings SMALL =
      new WorldSettings(7, 300, 8, 6, 20, List.of("north", "south"));

  private final SyntheticWorld world = new SyntheticWorld(SMALL);

  @Test
  void theSeedDecidesEverything() {
    SyntheticWorld same = new SyntheticWorld(SMALL);
    SyntheticWorld other =
        new SyntheticWorld(new WorldSettings(8, 300, 8, 6, 20, SMALL.segments()));
    for (int m = 0; m < world.contexts(); m++) {
      assertThat(same.context(m)).isEqualTo(world.context(m));
      assertThat(other.context(m)).isNotEqualTo(world.context(m));
      for (int a = 0; a < 300; a += 7) {
        assertThat(same.rewardProbability(m, a)).isEqualTo(world.rewardProbability(m, a));
        assertThat(same.propensity(m, a)).isEqualTo(world.propensity(m, a));
      }
    }
    assertThat(other.rewardProbability(0, 0)).isNotEqualTo(world.rewardProbability(0, 0));
  }

  @Test
  void propensitiesAddUpAndNeverFallBelowTheUniformShare() {
    double[] probabilities = new double[300];
    for (int m = 0; m < world.contexts(); m++) {
      world.propensities(m, probabilities);
      assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(probabilities).min().orElseThrow()).isGreaterThan(.2 / 300);
      assertThat(world.propensity(m, 17)).isCloseTo(probabilities[17], within(1e-15));
    }
  }

  @Test
  void itemsAreDrawnWithTheirPropensities() {
    SeededRandom random = new SeededRandom(1, "test");
    int draws = 200_000;
    double[] counts = new double[300];
    for (int i = 0; i < draws; i++) {
      counts[world.drawItem(3, random)]++;
    }
    double[] probabilities = new double[300];
    world.propensities(3, probabilities);
    double chiSquare = 0;
    for (int a = 0; a < 300; a++) {
      double expected = draws * probabilities[a];
      chiSquare += (counts[a] - expected) * (counts[a] - expected) / expected;
    }
    assertThat(chiSquare).isCloseTo(299, within(5 * Math.sqrt(2 * 299)));
  }

  @Test
  void theFirstFeaturesSayTheSegment() {
    for (int m = 0; m < world.contexts(); m++) {
      int segment = SMALL.segments().indexOf(world.segment(m));
      assertThat(world.context(m).values()[segment]).isEqualTo(1);
      assertThat(world.context(m).values()[1 - segment]).isEqualTo(0);
    }
  }

  @Test
  void itemIdsSortLikeTheirIndexes() {
    assertThat(world.catalogue().idOf(0)).isEqualTo("item-000");
    assertThat(world.catalogue().idOf(299)).isEqualTo("item-299");
    assertThat(world.catalogue().indexOf("item-042")).isEqualTo(42);
  }

  @Test
  void aLargeWorldIsClusteredAndItsLoggingPolicyIsDecent() {
    WorldSettings settings = new WorldSettings(3, 60_000, 32, 24, 24, List.of("north", "south"));
    SyntheticWorld large = new SyntheticWorld(settings);
    Truth truth = new Truth(large, 1);
    double logging = truth.ofLogging().value();
    assertThat(truth.ofUniform().value()).isBetween(.01, .02);
    assertThat(logging).isBetween(.02, .15);
    assertThat(truth.ofBest().value()).isGreaterThan(3 * logging);
    assertThat(WorldShape.of(50_000).groups()).isEqualTo(64);
    assertThat(WorldShape.of(1_000_000).groups()).isEqualTo(500);
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThatThrownBy(() -> WorldSettings.of(1, 1)).hasMessageContaining("at least 2 items: 1");
    assertThatThrownBy(() -> new WorldSettings(1, 10, 4, 2, 9, List.of("a", "b")))
        .hasMessageContaining("above the number of segments, 2: 2");
    assertThatThrownBy(() -> new WorldSettings(1, 10, 4, 3, 9, List.of("a", "a")))
        .hasMessageContaining("segments must differ");
    assertThat(WorldSettings.of(1, 1_000_000).contexts()).isEqualTo(40);
    assertThat(WorldSettings.of(1).contexts()).isEqualTo(512);
  }
}
