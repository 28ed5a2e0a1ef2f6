package hindcast.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.objective.Objective;
import hindcast.objective.ObjectiveMethod;
import hindcast.objective.ScoredMinibatch;
import hindcast.policy.PolicyParameters;
import hindcast.propensity.Propensity;
import hindcast.testing.Logs;
import hindcast.testing.States;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import hindcast.training.StepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For every objective: a defined result or a named error, and no trace of a refused step. */
class ObjectiveBadInputTest {
  private static final int D = 3;
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(12, 3, 6);
  private static final List<LoggedFeedback> LOG = Logs.uniform(CATALOGUE, D, 24, 8);
  private static final double[] NOT_PROPENSITIES = {
    0, -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static SideInformationSource source(ObjectiveMethod method, ItemCatalogue catalogue) {
    return new SideSettings(4, 1, Double.POSITIVE_INFINITY, 5, .9, .02, 0, 1, 1)
        .sourceFor(method.defaults(), catalogue, D);
  }

  private static MinibatchTrainer trainer(
      ObjectiveMethod method, ItemCatalogue catalogue, SideInformationSource source) {
    LearnerSettings settings =
        new LearnerSettings(
            method.name(), Map.of(), 8, "adam", .05, .01, "exact", Map.of(), 3, "random");
    return new MinibatchTrainer(settings, "learned", D, catalogue, null, source);
  }

  private static MinibatchTrainer trainer(ObjectiveMethod method) {
    return trainer(method, CATALOGUE, source(method, CATALOGUE));
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void numbersThatCannotBeAreNamed(ObjectiveMethod method) {
    ScoredMinibatch batch = new ScoredMinibatch(2);
    for (double p : NOT_PROPENSITIES) {
      assertThatThrownBy(() -> batch.set(1, 1, p, -1))
          .hasMessage("propensity must be in (0, 1]: " + p + " (event 1)");
    }
    for (double r : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> batch.set(1, r, .5, -1))
          .hasMessage("reward must be finite: " + r + " (event 1)");
    }
    double[] c = new double[2];
    method.defaults().coefficients(batch, c);
    assertThat(c).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void parametersThatCannotBeAreNamed(ObjectiveMethod method) {
    for (String parameter : method.defaults().parameters().keySet()) {
      assertThatThrownBy(() -> Objective.of(method.name(), Map.of(parameter, Double.NaN)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(method.name())
          .hasMessageContaining(parameter);
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void emptyMinibatchAndUnreadableFeedbackChangeNothing(ObjectiveMethod method) {
    MinibatchTrainer trainer = trainer(method);
    trainer.step(LOG.subList(0, 8));
    byte[] before = States.bytes(trainer::write);
    assertThat(trainer.step(List.of()).applied()).isFalse();
    LoggedFeedback unknown = with(LOG.get(0), "nowhere", LOG.get(0).context(), 1, .5);
    LoggedFeedback narrow =
        with(LOG.get(0), LOG.get(0).itemId(), Context.dense(new float[] {1}), 1, .5);
    StepResult result = trainer.step(List.of(unknown, narrow));
    assertThat(result.applied()).isFalse();
    assertThat(result.skipped().values()).containsExactly(1L, 1L);
    assertThat(States.bytes(trainer::write)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void extremesAreDefined(ObjectiveMethod method) {
    for (double p : new double[] {1, 1e-12, Double.MIN_NORMAL, Double.MIN_VALUE}) {
      for (double r : new double[] {0, .5, 1}) {
        for (int n : new int[] {1, 8}) {
          List<LoggedFeedback> batch = new ArrayList<>();
          for (LoggedFeedback f : LOG.subList(0, n)) {
            batch.add(with(f, f.itemId(), f.context(), r, p));
          }
          assertDefined(trainer(method), batch, method + " p " + p + " r " + r + " n " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void scoresOfTenThousandAreDefined(ObjectiveMethod method) {
    double[] rows = new double[12 * 3];
    for (int a = 0; a < 12; a++) {
      rows[3 * a] = a % 2 == 0 ? 1e5 : -1e5;
      rows[3 * a + 1] = a;
    }
    String[] ids = new String[12];
    Arrays.setAll(ids, CATALOGUE::idOf);
    ItemCatalogue far = new ItemCatalogue("v1", "far", ids, new Float64Embeddings(rows, 12, 3));
    MinibatchTrainer trainer = trainer(method, far, source(method, far));
    for (int step = 0; step < 3; step++) {
      assertDefined(trainer, LOG.subList(8 * step, 8 * step + 8), method.name());
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void weightsOfZeroAreDefined(ObjectiveMethod method) {
    for (double floor : new double[] {0, 1e-3}) {
      Map<String, Double> parameters =
          method.defaults().parameters().containsKey("wfloor") ? Map.of("wfloor", floor) : Map.of();
      Objective objective = method.create(parameters);
      ScoredMinibatch batch = new ScoredMinibatch(3);
      for (int i = 0; i < 3; i++) {
        batch.set(i, .5, .25, -1e5);
      }
      double[] c = new double[3];
      objective.coefficients(batch, c);
      for (double value : c) {
        assertThat(value).isFinite();
      }
      assertThat(objective.value(batch)).isFinite();
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void stepThatIsNotFiniteLeavesNoTrace(ObjectiveMethod method) {
    BreakableSource source = new BreakableSource(source(method, CATALOGUE));
    MinibatchTrainer trainer = trainer(method, CATALOGUE, source);
    trainer.step(LOG.subList(0, 8));
    byte[] before = States.bytes(trainer::write);
    source.broken = true;
    StepResult result = trainer.step(LOG.subList(8, 16));
    source.broken = false;
    if (method.fields().contains(hindcast.objective.Field.REWARD_MODEL)) {
      assertThat(result.applied()).isFalse();
      assertThat(trainer.refusedSteps()).isEqualTo(1);
      byte[] after = States.bytes(trainer::write);
      int counter = Arrays.mismatch(before, after);
      before[counter]++;
      assertThat(after).as("all but the count of refused steps").isEqualTo(before);
    } else {
      assertThat(result.applied()).isTrue();
    }
  }

  private static void assertDefined(
      MinibatchTrainer trainer, List<LoggedFeedback> batch, String what) {
    PolicyParameters before = trainer.parameters();
    StepResult result = trainer.step(batch);
    assertThat(result.objectiveValue()).as(what).isFinite();
    assertThat(result.gradientNorm()).as(what).isFinite();
    for (double value : trainer.parameters().theta()) {
      assertThat(value).as(what).isFinite();
    }
    if (!result.applied()) {
      assertThat(trainer.parameters()).as(what).isEqualTo(before);
      assertThat(trainer.refusedSteps() + sum(result)).as(what).isPositive();
    }
  }

  private static long sum(StepResult result) {
    return result.skipped().values().stream().mapToLong(v -> v).sum();
  }

  private static LoggedFeedback with(
      LoggedFeedback f, String item, Context x, double reward, double p) {
    return new LoggedFeedback(
        f.impressionId(),
        f.eventTimeMicros(),
        f.segment(),
        x,
        item,
        0,
        null,
        f.policyId(),
        f.policyVersion(),
        reward,
        Propensity.logged(p));
  }

  /** A source whose reward model can give what is no number; it learns nothing. */
  private static final class BreakableSource implements SideInformationSource {
    private final SideInformationSource source;
    private boolean broken;

    BreakableSource(SideInformationSource source) {
      this.source = source;
    }

    @Override
    public SideInformation of(LoggedFeedback feedback) {
      SideInformation side = source.of(feedback);
      return broken ? side.withRewardModel(b -> Double.NaN) : side;
    }
  }
}
