package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressiveValidationTest {
  private static final PolicyScorer HALF = constant(0.5);

  private final List<String> scored = new ArrayList<>();
  private final ProgressiveValidation.Sink sink =
      (slice, outcome) ->
          scored.add(slice.policy() + "@" + slice.version() + "/" + slice.segment());

  @Test
  void scoresAVersionOnlyFromItsCut() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi"), false, 4);
    line.open(1, 100, HALF);

    line.score(List.of(feedback(99)), sink);
    assertThat(scored).isEmpty();

    line.score(List.of(feedback(100)), sink);
    assertThat(scored).containsExactlyInAnyOrder("clpi@1/*", "clpi@0/*");
  }

  @Test
  void countsAnOutcomeForTheNewestVersionWhoseCutPrecedesIt() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi"), false, 4);
    line.open(1, 100, constant(0.1));
    line.open(2, 200, constant(0.9));
    List<Double> ofLine = new ArrayList<>();
    ProgressiveValidation.Sink lineOnly =
        (slice, outcome) -> {
          if (slice.version() == 0) {
            ofLine.add(outcome.scored().targetProbability());
          }
        };

    line.score(List.of(feedback(150)), lineOnly);
    line.score(List.of(feedback(250)), lineOnly);

    assertThat(ofLine).containsExactly(0.1, 0.9);
    assertThat(line.versionInForce(150)).isEqualTo(1);
    assertThat(line.versionInForce(250)).isEqualTo(2);
    assertThat(line.versionInForce(50)).isEqualTo(-1);
  }

  @Test
  void pinnedVersionsStayOpenAndAreNotCounted() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi"), false, 2);
    assertThat(line.follow(version -> version == 1, (version, cut) -> false)).isEmpty();
    assertThat(line.open(1, 100, HALF)).isEmpty();
    assertThat(line.open(2, 200, HALF)).isEmpty();
    assertThat(line.open(4, 400, HALF)).isEmpty();
    assertThat(line.open(8, 800, HALF)).containsExactly(2L);
    assertThat(line.isOpen(1)).isTrue();
    line.close(1);
    assertThat(line.isOpen(1)).isFalse();
  }

  @Test
  void aVersionThatWasLeftIsScoredAndCountsForTheLineNoMore() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi"), false, 4);
    line.open(1, 100, HALF);
    line.open(2, 200, HALF);
    line.open(4, 400, HALF);
    assertThat(line.follow(version -> version == 4, (version, cut) -> version > 1))
        .containsExactly(2L);
    assertThat(line.versionInForce(500)).isEqualTo(1);
    line.score(List.of(feedback(500)), sink);
    assertThat(scored).containsExactlyInAnyOrder("clpi@4/*", "clpi@2/*", "clpi@1/*", "clpi@0/*");
    line.open(8, 600, HALF);
    assertThat(line.versionInForce(700)).isEqualTo(1);
    line.follow(version -> false, (version, cut) -> false);
    assertThat(line.versionInForce(700)).isEqualTo(8);
  }

  @Test
  void aMinibatchIsItsEventsOneByOne() {
    List<LoggedFeedback> log = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      log.add(feedback(i));
    }
    for (int size : new int[] {1, 7, 300}) {
      scored.clear();
      ProgressiveValidation line = new ProgressiveValidation(List.of("a", "a/greedy"), true, 3);
      line.open(1, 50, constant(0.1));
      line.open(2, 120, (minibatch, scores) -> {});
      line.open(3, 200, constant(0.9));
      for (int from = 0; from < log.size(); from += size) {
        line.score(log.subList(from, Math.min(log.size(), from + size)), sink);
      }
      assertThat(line.refused()).isEqualTo(180);
      assertThat(scored).filteredOn("a@1/*"::equals).hasSize(250);
      assertThat(scored).filteredOn("a/greedy@3/s"::equals).hasSize(100);
      assertThat(scored).filteredOn("a@0/*"::equals).hasSize(70 + 100);
    }
  }

  @Test
  void closesTheOldestVersionWhenThereIsNoRoom() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi"), false, 2);
    assertThat(line.open(1, 1, HALF)).isEmpty();
    assertThat(line.open(2, 2, HALF)).isEmpty();
    assertThat(line.open(4, 4, HALF)).containsExactly(1L);

    line.score(List.of(feedback(10)), sink);
    assertThat(scored).containsExactlyInAnyOrder("clpi@2/*", "clpi@4/*", "clpi@0/*");
  }

  @Test
  void evaluatesEachSegmentAndEachForm() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi", "clpi/greedy"), true, 2);
    line.open(0, Long.MIN_VALUE, HALF);
    line.score(List.of(feedback(10)), sink);
    assertThat(scored)
        .containsExactlyInAnyOrder("clpi@0/*", "clpi@0/s", "clpi/greedy@0/*", "clpi/greedy@0/s");
  }

  @Test
  void countsContextsAVersionIsNotDefinedOn() {
    ProgressiveValidation line = new ProgressiveValidation(List.of("clpi"), false, 2);
    line.open(0, Long.MIN_VALUE, (minibatch, scores) -> {});
    line.score(List.of(feedback(10)), sink);
    assertThat(scored).isEmpty();
    assertThat(line.refused()).isEqualTo(1);
  }

  @Test
  void opensVersionsOnADoublingSchedule() {
    List<Long> opened = new ArrayList<>();
    for (long version = 0; version <= 20; version++) {
      if (ProgressiveValidation.isOpened(version)) {
        opened.add(version);
      }
    }
    assertThat(opened).containsExactly(1L, 2L, 4L, 8L, 16L);
  }

  /**
   * A policy that remembers the rewarded items of its training data looks good on that data and is
   * worth no more than chance on other data.
   */
  @Test
  void evaluationOnTrainingDataIsBiasedAndBehindTheCutIsNot() {
    Random random = new Random(7);
    int items = 20;
    int trained = 200;
    boolean[] remembered = new boolean[trained];
    double naive = 0;
    List<LoggedFeedback> log = new ArrayList<>();
    for (int i = 0; i < 2 * trained; i++) {
      int item = random.nextInt(items);
      double reward = random.nextDouble() < 0.2 ? 1 : 0;
      log.add(feedback(i, Integer.toString(item), reward, 1.0 / items));
    }
    for (int i = 0; i < trained; i++) {
      remembered[i] = log.get(i).reward() > 0;
    }
    PolicyScorer.OfEvent memory =
        feedback -> {
          int i = (int) feedback.eventTimeMicros();
          boolean good = i < trained ? remembered[i] : random.nextInt(items) == 0;
          return good ? 1 : 0;
        };
    double[] progressive = new double[2];
    ProgressiveValidation line = new ProgressiveValidation(List.of("memory"), false, 1);
    line.open(0, trained, PolicyScorer.eventByEvent(memory));
    line.score(
        log,
        (slice, outcome) -> {
          progressive[0] += outcome.scored().weight() * outcome.scored().reward();
          progressive[1]++;
        });
    for (int i = 0; i < trained; i++) {
      naive += memory.probability(log.get(i)) * items * log.get(i).reward() / trained;
    }
    assertThat(progressive[1]).isEqualTo(trained);
    assertThat(progressive[0] / progressive[1]).isLessThan(1);
    assertThat(naive).isGreaterThan(3);
  }

  @Test
  void refusesSettingsThatEvaluateNothing() {
    assertThatThrownBy(() -> new ProgressiveValidation(List.of(), true, 1))
        .hasMessageContaining("at least one form");
    assertThatThrownBy(() -> new ProgressiveValidation(List.of("a"), true, 0))
        .hasMessageContaining("at least 1 version");
  }

  @Test
  void sliceTextsReadBack() {
    EvaluatedSlice slice = new EvaluatedSlice("a:b/greedy", 12, "x:1:y");
    assertThat(EvaluatedSlice.parse(slice.text())).isEqualTo(slice);
    assertThatThrownBy(() -> EvaluatedSlice.parse("clpi")).hasMessageContaining("clpi");
  }

  private static PolicyScorer constant(double probability) {
    return (minibatch, scores) -> {
      for (int i = 0; i < minibatch.size(); i++) {
        for (int form = 0; form < scores.forms(); form++) {
          scores.set(i, form, probability);
        }
      }
    };
  }

  private static LoggedFeedback feedback(long time) {
    return feedback(time, "a", 1, 0.5);
  }

  private static LoggedFeedback feedback(long time, String item, double reward, double propensity) {
    return new LoggedFeedback(
        "i" + time,
        time,
        "s",
        Context.dense(new float[] {1}),
        item,
        0,
        null,
        "logging",
        0,
        reward,
        new Propensity(propensity, 0, Propensity.Source.LOGGED));
  }
}
