package hindcast.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.testing.Logs;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewardModelTest {
  private static final Context X = Context.dense(new float[] {1});
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(30, 4, 2);
  private static final List<LoggedFeedback> LOG = Logs.uniform(CATALOGUE, 3, 640, 4);

  @Test
  void meansShrinkToTheCoarserOne() {
    MeanRewardModel model = new MeanRewardModel(2, true);
    assertThat(model.predict("s", X, 1)).isEqualTo(.5);
    model.update("s", X, 1, 1);
    model.update("t", X, 2, 0);
    double item1 = (1 + 2 * .5) / 3;
    assertThat(model.predict("other", X, 1)).isEqualTo(item1);
    assertThat(model.predict("s", X, 1)).isEqualTo((1 + 2 * item1) / 3);
    assertThat(model.predict("s", X, 9)).isEqualTo(.5);
  }

  @Test
  void mergedMeansAreThoseOfTheWholeLog() {
    MeanRewardModel whole = new MeanRewardModel(2, true);
    MeanRewardModel left = new MeanRewardModel(2, true);
    MeanRewardModel right = new MeanRewardModel(2, true);
    for (int i = 0; i < LOG.size(); i++) {
      LoggedFeedback f = LOG.get(i);
      int item = CATALOGUE.indexOf(f.itemId());
      whole.update(f.segment(), f.context(), item, f.reward());
      (i % 3 == 0 ? left : right).update(f.segment(), f.context(), item, f.reward());
    }
    left.merge(right);
    for (int a = 0; a < CATALOGUE.size(); a++) {
      assertThat(left.predict("s1", X, a)).isCloseTo(whole.predict("s1", X, a), within(1e-12));
    }
  }

  @Test
  void bilinearModelsLearnWhatTheLogFavours() {
    for (BilinearRewardModel.Link link : BilinearRewardModel.Link.values()) {
      BilinearRewardModel model =
          new BilinearRewardModel(CATALOGUE.embeddings(), 3, link, .01, 1e-4);
      double before = squaredError(model);
      for (int epoch = 0; epoch < 5; epoch++) {
        LOG.forEach(
            f -> model.update(f.segment(), f.context(), CATALOGUE.indexOf(f.itemId()), f.reward()));
      }
      assertThat(squaredError(model)).as(link.name()).isLessThan(.9 * before);
    }
  }

  private static double squaredError(RewardModel model) {
    return LOG.stream()
        .mapToDouble(
            f -> {
              double error =
                  f.reward()
                      - model.predict(f.segment(), f.context(), CATALOGUE.indexOf(f.itemId()));
              return error * error;
            })
        .average()
        .orElseThrow();
  }

  @Test
  void decayedMeansAreTheDefinition() {
    double halfLife = 7;
    MeanRewardModel model = new MeanRewardModel(2, false, halfLife);
    int m = 1000;
    double n = 0;
    double r = 0;
    double all = 0;
    double allRewards = 0;
    for (int i = 0; i < m; i++) {
      double d = Math.pow(2, -(m - 1 - i) / halfLife);
      double reward = i % 5 / 4.0;
      model.update("s", X, i % 3, reward);
      all += d;
      allRewards += d * reward;
      n += i % 3 == 1 ? d : 0;
      r += i % 3 == 1 ? d * reward : 0;
    }
    double want = (r + 2 * allRewards / all) / (n + 2);
    assertThat(model.predict("s", X, 1)).isCloseTo(want, within(1e-12));
    assertThat(model.freeze().predict("s", X, 1)).isEqualTo(model.predict("s", X, 1));
  }

  @Test
  void badInputNeverMakesAPredictionNaN() {
    for (BilinearRewardModel.Link link : BilinearRewardModel.Link.values()) {
      BilinearRewardModel model = new BilinearRewardModel(CATALOGUE.embeddings(), 1, link, 1e30, 0);
      Context large = Context.dense(new float[] {1e30f});
      for (int k = 0; k < 20; k++) {
        model.update("s", large, k % 3, k % 2);
      }
      assertThat(model.refused()).as(link.name()).isPositive();
      assertThatThrownBy(() -> model.predict("s", large, 1))
          .hasMessageContaining("(item 1); lower the learning rate");
      assertThatThrownBy(() -> model.update("s", X, 0, Double.NaN)).hasMessageContaining("NaN");
    }
    MeanRewardModel means = new MeanRewardModel(1, true);
    assertThatThrownBy(() -> means.update("s", X, 0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
    assertThat(means.predict("s", X, 0)).isEqualTo(.5);
  }

  @Test
  void frozenModelsDoNotMove() {
    MeanRewardModel model = new MeanRewardModel(1, false);
    RewardModel frozen = model.freeze();
    model.update("s", X, 0, 1);
    assertThat(frozen.predict("s", X, 0)).isEqualTo(.5);
  }

  @Test
  void trainerWithAModelIsWholeAfterHalfWriteReadRest() throws IOException {
    for (String objective : List.of("DR", "ADAPTIVE", "SHRINK_DR", "UIPS_DR")) {
      MinibatchTrainer whole = trainer(objective);
      MinibatchTrainer half = trainer(objective);
      train(whole, 0, 640);
      train(half, 0, 320);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      half.write(new DataOutputStream(bytes));
      MinibatchTrainer rest = trainer(objective);
      rest.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      train(rest, 320, 640);
      assertThat(rest.parameters()).as(objective).isEqualTo(whole.parameters());
    }
  }

  private static void train(MinibatchTrainer trainer, int from, int to) {
    for (int i = from; i < to; i += 32) {
      assertThat(trainer.step(LOG.subList(i, i + 32)).used()).isEqualTo(32);
    }
  }

  private static MinibatchTrainer trainer(String objective) {
    LearnerSettings settings =
        new LearnerSettings(
            objective, Map.of(), 32, "adam", .05, 1e-3, "exact", Map.of(), 1, "zero");
    RewardModel model =
        objective.equals("ADAPTIVE")
            ? new MeanRewardModel(2, false)
            : new BilinearRewardModel(
                CATALOGUE.embeddings(), 3, BilinearRewardModel.Link.LOGISTIC, .05, 0);
    return new MinibatchTrainer(
        settings, "learned", 3, CATALOGUE, null, new RewardModelSource(model, CATALOGUE, 3));
  }
}
