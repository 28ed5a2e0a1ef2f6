package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.objective.Objective;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import hindcast.propensity.Propensity;
import hindcast.testing.Logs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinibatchTrainerTest {
  private static final int D = 4;
  private static final int MINIBATCH = 16;
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(60, 5, 7);
  private static final List<LoggedFeedback> LOG = Logs.uniform(CATALOGUE, D, 320, 11);

  private static LearnerSettings settings(String objective, String gradient, String optimizer) {
    Map<String, Double> parameters = gradient.equals("exact") ? Map.of() : Map.of("samples", 20.0);
    return new LearnerSettings(
        objective, Map.of(), MINIBATCH, optimizer, 0.05, 0.01, gradient, parameters, 5, "random");
  }

  private static MinibatchTrainer trainer(LearnerSettings settings) {
    return new MinibatchTrainer(settings, "learned", D, CATALOGUE, null);
  }

  private static StepResult train(MinibatchTrainer trainer, int from, int to) {
    StepResult last = null;
    for (int i = from; i < to; i += MINIBATCH) {
      last = trainer.step(LOG.subList(i, i + MINIBATCH));
    }
    return last;
  }

  private static MinibatchTrainer copy(MinibatchTrainer trainer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    trainer.write(new DataOutputStream(bytes));
    MinibatchTrainer copy = trainer(trainer.settings());
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    copy.read(in);
    assertThat(in.available()).isZero();
    return copy;
  }

  static Stream<LearnerSettings> everyKind() {
    Stream<LearnerSettings> gradients =
        Stream.of("exact", "mixture", "uniform", "head-tail", "reinforce")
            .map(gradient -> settings("IPS", gradient, "adam"));
    Stream<LearnerSettings> optimizers =
        Stream.of("sgd", "momentum clip=0.5", "adagrad", "adam schedule=inverse-sqrt:10")
            .map(optimizer -> settings("CLPI", "exact", optimizer));
    Stream<LearnerSettings> aggregates =
        Stream.of("AGG_LOG_THRESHOLD", "AGG_CVAR").map(o -> settings(o, "exact", "adam"));
    Stream<LearnerSettings> approaching =
        Stream.of("logged:4", "logged:10", "logged:15")
            .map(start -> starting("AGG_LOG_THRESHOLD", start));
    return Stream.of(gradients, optimizers, aggregates, approaching).flatMap(s -> s);
  }

  private static LearnerSettings starting(String objective, String initialisation) {
    return new LearnerSettings(
        objective,
        Map.of(),
        MINIBATCH,
        "adam schedule=inverse-sqrt:10",
        0.05,
        0,
        "exact",
        Map.of(),
        5,
        initialisation);
  }

  @Test
  void aStartAtTheLoggingPolicyFollowsItFirstAndTheObjectiveThen() {
    ItemCatalogue arms = ArmsLog.catalogue();
    ArmsLog log = new ArmsLog(1, 1);
    MinibatchTrainer trainer =
        new MinibatchTrainer(starting("IPS", "logged:300"), "learned", 1, arms, null);
    for (int step = 0; step < 300; step++) {
      trainer.step(log.feedback());
    }
    assertThat(log.uplift(trainer.parameters().theta())).isCloseTo(1, within(.03));
    double[] first = trainer.parameters().theta().clone();
    trainer.step(log.feedback());
    MinibatchTrainer objective =
        new MinibatchTrainer(starting("IPS", "zero"), "learned", 1, arms, null);
    objective.step(log.feedback());
    double moved = Math.abs(trainer.parameters().theta()[0] - first[0]);
    assertThat(moved).isCloseTo(Math.abs(objective.parameters().theta()[0]), within(1e-6));
    assertThatThrownBy(() -> starting("IPS", "logged:0"))
        .hasMessageContaining("logged:STEPS: logged:0");
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void halfWriteReadRestIsTheWholeBitForBit(LearnerSettings settings) throws IOException {
    MinibatchTrainer whole = trainer(settings);
    train(whole, 0, 320);
    MinibatchTrainer half = trainer(settings);
    train(half, 0, 160);
    MinibatchTrainer rest = copy(half);
    train(rest, 160, 320);

    assertThat(rest.parameters()).isEqualTo(whole.parameters());
    assertThat(rest.steps()).isEqualTo(20);
    assertThat(rest.parameters().sha256()).isEqualTo(whole.parameters().sha256());
  }

  @Test
  void learnsWhatTheLogFavours() {
    for (String objective : List.of("CLPI", "SNIPS", "LPI", "REGKL")) {
      MinibatchTrainer trainer = trainer(settings(objective, "exact", "adam"));
      for (int epoch = 0; epoch < 10; epoch++) {
        train(trainer, 0, 320);
      }
      SoftmaxPolicy policy = new SoftmaxPolicy(trainer.parameters(), CATALOGUE);
      int best = policy.best(LOG.get(0).context(), null);
      assertThat(CATALOGUE.embeddings().vector(best)[0]).as(objective).isGreaterThan(1);
    }
  }

  @Test
  void mixtureLearnsAsTheExactGradientDoes() {
    MinibatchTrainer exact = trainer(settings("CLPI", "exact", "adam"));
    MinibatchTrainer sampled =
        trainer(
            new LearnerSettings(
                "CLPI",
                Map.of(),
                MINIBATCH,
                "adam",
                0.05,
                0.01,
                "head-tail",
                Map.of("topK", 60.0),
                5,
                "random"));
    train(exact, 0, 320);
    train(sampled, 0, 320);
    assertThat(sampled.parameters().theta())
        .usingComparatorWithPrecision(1e-4)
        .containsExactly(exact.parameters().theta());
  }

  @Test
  void unusableFeedbackIsCountedByReasonAndChangesNothing() {
    LoggedFeedback good = LOG.get(0);
    List<LoggedFeedback> mixed =
        List.of(
            with(good, "unknown", good.context(), null, good.propensity()),
            with(good, good.itemId(), Context.dense(new float[] {1}), null, good.propensity()),
            with(good, good.itemId(), good.context(), List.of("item-1x"), good.propensity()),
            with(good, good.itemId(), good.context(), null, null),
            good);
    MinibatchTrainer trainer = trainer(settings("IPS", "exact", "adam"));
    StepResult result = trainer.step(mixed);

    assertThat(result.used()).isEqualTo(1);
    assertThat(result.skipped())
        .containsExactly(
            Map.entry("INVALID_CONTEXT: another dimension", 1L),
            Map.entry("INVALID_ITEM: not in the catalogue", 1L),
            Map.entry("ITEM_NOT_ELIGIBLE", 1L),
            Map.entry("MISSING_FIELD: IPS needs a propensity, logged or estimated", 1L));
    MinibatchTrainer alone = trainer(settings("IPS", "exact", "adam"));
    alone.step(List.of(good));
    assertThat(trainer.parameters()).isEqualTo(alone.parameters());
  }

  @Test
  void objectivesWithoutPropensityTakeFeedbackWithoutOne() {
    LoggedFeedback event = LOG.get(0);
    StepResult result =
        trainer(settings("LPI", "exact", "sgd"))
            .step(List.of(with(event, event.itemId(), event.context(), null, null)));
    assertThat(result.used()).isEqualTo(1);
  }

  @Test
  void everyObjectiveNamesWhatItMisses() {
    for (String name : Objective.names()) {
      Objective objective = Objective.of(name, Map.of());
      StepResult result = trainer(settings(name, "exact", "sgd")).step(LOG.subList(0, 16));
      boolean trainable =
          objective.needs().stream()
              .allMatch(field -> SideInformation.NONE.withState("").has(field));
      assertThat(result.used()).as(name).isEqualTo(trainable ? 16 : 0);
      assertThat(result.skipped().keySet())
          .as(name)
          .allMatch(reason -> reason.startsWith("MISSING_FIELD: " + objective.name() + " needs "));
    }
  }

  @Test
  void emptyMinibatchMakesNoStep() {
    MinibatchTrainer trainer = trainer(settings("SNIPS", "exact", "adam"));
    PolicyParameters before = trainer.parameters();
    StepResult result = trainer.step(List.of());
    assertThat(result.applied()).isFalse();
    assertThat(trainer.steps()).isZero();
    assertThat(trainer.parameters()).isEqualTo(before);
  }

  @Test
  void oneEventAndAllRewardsEqualAreDefinedForEveryObjective() {
    for (String name : Objective.names()) {
      for (List<LoggedFeedback> batch :
          List.of(
              LOG.subList(0, 1),
              LOG.stream().filter(f -> f.reward() == 0).limit(5).toList(),
              LOG.stream().filter(f -> f.reward() == 1).limit(5).toList())) {
        MinibatchTrainer trainer = trainer(settings(name, "exact", "adam"));
        trainer.step(batch);
        for (double value : trainer.parameters().theta()) {
          assertThat(value).as(name).isFinite();
        }
        assertThat(trainer.refusedSteps()).as(name).isZero();
      }
    }
  }

  @Test
  void gradientThatIsNotFiniteIsRefusedAndLeavesNoTrace() throws IOException {
    MinibatchTrainer trainer =
        new MinibatchTrainer(
            settings("DR", "exact", "adam"), "learned", D, CATALOGUE, null, new BrokenModel());
    train(trainer, 0, 32);
    PolicyParameters before = trainer.parameters();
    byte[] stateBefore = state(trainer);
    BrokenModel.broken = true;
    StepResult result;
    try {
      result = trainer.step(LOG.subList(32, 48));
    } finally {
      BrokenModel.broken = false;
    }
    assertThat(result.applied()).isFalse();
    assertThat(trainer.refusedSteps()).isEqualTo(1);
    assertThat(trainer.steps()).isEqualTo(2);
    assertThat(trainer.parameters()).isEqualTo(before);
    train(trainer, 48, 64);
    MinibatchTrainer untroubled =
        new MinibatchTrainer(
            settings("DR", "exact", "adam"), "learned", D, CATALOGUE, null, new BrokenModel());
    train(untroubled, 0, 32);
    assertThat(state(untroubled)).isEqualTo(stateBefore);
    train(untroubled, 48, 64);
    assertThat(trainer.parameters()).isEqualTo(untroubled.parameters());
  }

  @Test
  void stateOfAnotherLearnerIsRefused() throws IOException {
    byte[] bytes = state(trainer(settings("IPS", "exact", "adam")));
    MinibatchTrainer other = trainer(settings("CLPI", "exact", "adam"));
    assertThatThrownBy(() -> other.read(new DataInputStream(new ByteArrayInputStream(bytes))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("objective");
  }

  @Test
  void eligibleItemsAreTheOnlyOnesThatCount() {
    List<String> eligible = List.of("item-3", "item-9", "item-20");
    LoggedFeedback event =
        with(LOG.get(0), "item-9", LOG.get(0).context(), eligible, Propensity.logged(1 / 3.0));
    MinibatchTrainer trainer =
        trainer(
            new LearnerSettings("REGKL", Map.of(), 1, "sgd", 0.1, 0, "exact", Map.of(), 5, "zero"));
    trainer.step(List.of(event));
    ItemCatalogue three =
        new ItemCatalogue("v1", "test", eligible.toArray(String[]::new), rows(3, 9, 20));
    MinibatchTrainer alone = new MinibatchTrainer(trainer.settings(), "learned", D, three, null);
    alone.step(List.of(event));
    assertThat(trainer.parameters().theta())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(alone.parameters().theta());
  }

  private static hindcast.catalogue.ItemEmbeddings rows(int... items) {
    float[] rows = new float[items.length * CATALOGUE.dimension()];
    for (int j = 0; j < items.length; j++) {
      double[] vector = CATALOGUE.embeddings().vector(items[j]);
      for (int l = 0; l < vector.length; l++) {
        rows[j * vector.length + l] = (float) vector[l];
      }
    }
    return hindcast.catalogue.PackedEmbeddings.ofRows(rows, items.length, CATALOGUE.dimension());
  }

  private static byte[] state(MinibatchTrainer trainer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    trainer.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static LoggedFeedback with(
      LoggedFeedback f, String item, Context x, List<String> eligible, Propensity propensity) {
    return new LoggedFeedback(
        f.impressionId(),
        f.eventTimeMicros(),
        f.segment(),
        x,
        item,
        0,
        eligible,
        f.policyId(),
        f.policyVersion(),
        f.reward(),
        propensity);
  }

  /** A reward model that can break. */
  private static final class BrokenModel implements SideInformationSource {
    private static boolean broken;

    @Override
    public SideInformation of(LoggedFeedback feedback) {
      return SideInformation.NONE.withRewardModel(b -> broken ? Double.NaN : b % 2);
    }
  }
}
