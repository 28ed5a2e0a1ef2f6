package hindcast.side;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.objective.Objective;
import hindcast.objective.ObjectiveMethod;
import hindcast.testing.Logs;
import hindcast.testing.States;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import hindcast.training.StepResult;
import hindcast.training.TranslationScan;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the library's own sources every objective trains, and its state is complete. */
class EveryObjectiveTrainsTest {
  private static final int D = 4;
  private static final int MINIBATCH = 20;
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(30, 3, 2);
  private static final List<LoggedFeedback> LOG = Logs.uniform(CATALOGUE, D, 160, 4);
  private static final SideSettings SIDE =
      new SideSettings(5, 1, Double.POSITIVE_INFINITY, 10, .9, .02, .001, 2, 1);

  private static LearnerSettings settings(String objective, String gradient) {
    return new LearnerSettings(
        objective, Map.of(), MINIBATCH, "adam", .05, .01, gradient, Map.of(), 3, "random");
  }

  private static MinibatchTrainer trainer(String objective, String gradient) {
    return new MinibatchTrainer(
        settings(objective, gradient),
        "learned",
        D,
        CATALOGUE,
        null,
        SIDE.sourceFor(Objective.of(objective, Map.of()), CATALOGUE, D));
  }

  private static void train(Consumer<List<LoggedFeedback>> step, int from, int to) {
    for (int i = from; i < to; i += MINIBATCH) {
      step.accept(LOG.subList(i, i + MINIBATCH));
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void halfWriteReadRestIsTheWholeBitForBit(ObjectiveMethod method) {
    MinibatchTrainer whole = trainer(method.name(), "exact");
    for (int i = 0; i < LOG.size(); i += MINIBATCH) {
      StepResult result = whole.step(LOG.subList(i, i + MINIBATCH));
      assertThat(result.applied()).isTrue();
      assertThat(result.used()).isEqualTo(MINIBATCH);
      assertThat(result.gradientNorm()).isPositive();
    }
    MinibatchTrainer half = trainer(method.name(), "exact");
    train(half::step, 0, 80);
    MinibatchTrainer rest = trainer(method.name(), "exact");
    States.restore(half::write, rest::read);
    train(rest::step, 80, 160);
    assertThat(rest.parameters()).isEqualTo(whole.parameters());
    assertThat(States.bytes(rest::write)).isEqualTo(States.bytes(whole::write));
  }

  @Test
  void stateOfTheInBatchSoftmaxIsComplete() {
    LearnerSettings settings =
        new LearnerSettings(
            "LPI", Map.of(), MINIBATCH, "adam", .05, 0, "in-batch", Map.of("logq", 1.0), 3, "zero");
    MinibatchTrainer whole = new MinibatchTrainer(settings, "learned", D, CATALOGUE, null);
    MinibatchTrainer half = new MinibatchTrainer(settings, "learned", D, CATALOGUE, null);
    MinibatchTrainer rest = new MinibatchTrainer(settings, "learned", D, CATALOGUE, null);
    train(whole::step, 0, 160);
    train(half::step, 0, 80);
    States.restore(half::write, rest::read);
    train(rest::step, 80, 160);
    assertThat(rest.parameters()).isEqualTo(whole.parameters());
    assertThat(rest.parameters()).isNotEqualTo(half.parameters());
  }

  private static TwoStageTrainer twoStages() {
    return new TwoStageTrainer(settings("POTEC", "exact"), SIDE, "learned", D, CATALOGUE);
  }

  @Test
  void stateOfTheTwoStageTrainerIsComplete() {
    TwoStageTrainer whole = twoStages();
    train(whole::step, 0, 160);
    TwoStageTrainer half = twoStages();
    train(half::step, 0, 80);
    TwoStageTrainer rest = twoStages();
    States.restore(half::write, rest::read);
    train(rest::step, 80, 160);
    assertThat(States.bytes(rest::write)).isEqualTo(States.bytes(whole::write));
    assertThat(rest.steps()).isEqualTo(8);
  }

  @Test
  void twoStagePolicyIsADistributionOverTheBestItemsOfItsClusters() {
    TwoStageTrainer trainer = twoStages();
    train(trainer::step, 0, 160);
    LearnedTwoStagePolicy policy = trainer.policy();
    for (LoggedFeedback feedback : LOG.subList(0, 10)) {
      double sum = 0;
      int shown = 0;
      for (int a = 0; a < CATALOGUE.size(); a++) {
        double p = policy.at(feedback.context(), null).probability(a);
        sum += p;
        shown += p > 0 ? 1 : 0;
      }
      assertThat(sum).isBetween(1 - 1e-12, 1 + 1e-12);
      assertThat(shown).isEqualTo(trainer.clusters().count());
      int[] eligible = {1, 2, 3};
      var restricted = policy.at(feedback.context(), eligible);
      assertThat(restricted.probability(1) + restricted.probability(2) + restricted.probability(3))
          .isBetween(1 - 1e-12, 1 + 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BANDITNET", "POXM_PRUNE", "POXM_SIS"})
  void translationIsTheOneOfTheLargestHeldOutSnips(String objective) {
    TranslationScan scan = scan(objective);
    train(scan::step, 0, 160);
    Map<Double, Double> values = scan.values();
    assertThat(values).hasSize(3).doesNotContainValue(Double.NaN);
    double best = values.values().stream().mapToDouble(v -> v).max().orElseThrow();
    assertThat(values.get(scan.translation())).isEqualTo(best);
    assertThat(scan.best().settings().objectiveParameters()).containsValue(scan.translation());
    TranslationScan half = scan(objective);
    train(half::step, 0, 80);
    TranslationScan rest = scan(objective);
    States.restore(half::write, rest::read);
    train(rest::step, 80, 160);
    assertThat(rest.values()).isEqualTo(values);
  }

  private static TranslationScan scan(String objective) {
    return new TranslationScan(
        settings(objective, "exact"),
        new double[] {0, .3, .6},
        "learned",
        D,
        CATALOGUE,
        () -> SIDE.sourceFor(Objective.of(objective, Map.of()), CATALOGUE, D));
  }
}
