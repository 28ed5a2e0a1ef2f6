package hindcast.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import hindcast.training.SideInformation;
import hindcast.training.StepResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;
  private static final ItemCatalogue CATALOGUE =
      new ItemCatalogue(
          "v1",
          "test",
          new String[] {"a", "b", "c", "d"},
          new Float64Embeddings(new double[] {0, .1, 5, 5.1}, 4, 1));

  private static LoggedFeedback event(int i, String item, double reward, List<String> eligible) {
    return new LoggedFeedback(
        "i" + i,
        i,
        "s",
        Context.dense(new float[] {1}),
        item,
        0,
        eligible,
        "log",
        1,
        reward,
        Propensity.logged(.25));
  }

  private static LoggedFeedback event(int i, String item, double reward) {
    return event(i, item, reward, null);
  }

  @Test
  void clustersAreTheNearGroups() {
    ItemClusters two = ItemClusters.of(CATALOGUE.embeddings(), 2, 1);
    int[] of = two.clusterOfItem();
    assertThat(of[0]).isEqualTo(of[1]).isNotEqualTo(of[2]);
    assertThat(of[2]).isEqualTo(of[3]);
    assertThat(two.centers().vector(of[0])[0]).isCloseTo(.05, within(1e-12));
    assertThat(two.nearest(new double[] {4})).isEqualTo(of[2]);
    assertThat(ItemClusters.of(CATALOGUE.embeddings(), 2, 1).clusterOfItem()).isEqualTo(of);
    int[] singletons = ItemClusters.of(CATALOGUE.embeddings(), 9, 1).clusterOfItem();
    assertThat(Arrays.stream(singletons).distinct().count()).isEqualTo(4);
    for (double[] row : two.soft(CATALOGUE.embeddings(), 1)) {
      assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
    }
    assertThatThrownBy(() -> ItemClusters.of(CATALOGUE.embeddings(), 0, 1))
        .hasMessage("clusters must be at least 1: 0");
  }

  @Test
  void rowIsPredictedBeforeItIsCounted() {
    LoggingRowSource rows = new LoggingRowSource(CATALOGUE, FOREVER, 4);
    assertThat(rows.row(event(0, "a", 1))).containsExactly(.25, .25, .25, .25);
    rows.learn(List.of(event(0, "a", 1), event(1, "a", 0)));
    double[] row = rows.row(event(2, "b", 0));
    assertThat(row[0]).isCloseTo(3 / 6.0, within(1e-12));
    assertThat(row[1]).isCloseTo(1 / 6.0, within(1e-12));
    double[] restricted = rows.row(event(3, "a", 0, List.of("a", "c")));
    assertThat(restricted[0]).isCloseTo(.75, within(1e-12));
    assertThat(restricted[1]).isZero();
    assertThat(restricted[2]).isCloseTo(.25, within(1e-12));
  }

  @Test
  void frequencyIsThatOfTheDirichletEstimate() {
    FrequencySource source = new FrequencySource(CATALOGUE, FOREVER, 4);
    source.learn(List.of(event(0, "a", 1), event(1, "a", 0), event(2, "b", 0)));
    SideInformation side = source.of(event(3, "a", 1));
    assertThat(side.inverseFrequency()).isCloseTo((3 + 4) / (2 + 1.0), within(1e-12));
    assertThat(side.state()).isEqualTo("s");
  }

  @Test
  void selectionHoldsTheRanksThatHadTheReward() {
    SelectionSource source =
        new SelectionSource(CATALOGUE, new LoggingRowSource(CATALOGUE, FOREVER, 4), .9);
    assertThat(source.of(event(0, "a", 0)).selection()).containsExactly(0, 1, 2, 3);
    source.learn(List.of(event(0, "c", 1), event(1, "c", 0), event(2, "b", 0)));
    assertThat(source.selected()).isEqualTo(3);
    // c before b before a and d; nine rewards at rank 1, one at rank 2, one at rank 3 from before
    for (int k = 0; k < 9; k++) {
      source.learn(List.of(event(10 + k, "c", 1)));
    }
    source.learn(List.of(event(30, "b", 1)));
    assertThat(source.selected()).isEqualTo(2);
    SideInformation side = source.of(event(40, "b", 0));
    assertThat(side.selection()).containsExactly(1, 2);
    assertThat(side.selectionPropensityOrSum())
        .isCloseTo(side.loggingRow()[1] + side.loggingRow()[2], within(1e-12));
  }

  @Test
  void thresholdIsEnoughForPruningAndNotForSelectedImportanceSampling() {
    PropensitySelectionSource source = new PropensitySelectionSource(CATALOGUE, .2);
    assertThat(train("POXM_PRUNE", source).used()).isEqualTo(1);
    StepResult refused = train("POXM_SIS", source);
    assertThat(refused.used()).isZero();
    assertThat(refused.skipped())
        .containsExactly(
            Map.entry(
                "MISSING_FIELD: POXM_SIS needs the logging probability of the selected items", 1L));
  }

  @Test
  void whatTheLoggingPolicyCannotHaveDoneIsRefusedByName() {
    ItemClusters clusters = ItemClusters.of(CATALOGUE.embeddings(), 2, 1);
    StepResult refused =
        train("MIPS", feedback -> SideInformation.NONE.withClusters(clusters.clusterOfItem(), 0));
    assertThat(refused.used()).isZero();
    assertThat(refused.skipped().keySet()).allMatch(r -> r.startsWith("INVALID_PROPENSITY: MIPS "));
  }

  private static StepResult train(
      String objective, hindcast.training.SideInformationSource source) {
    LearnerSettings settings =
        new LearnerSettings(objective, Map.of(), 1, "sgd", .1, 0, "exact", Map.of(), 1, "zero");
    return new MinibatchTrainer(settings, "learned", 1, CATALOGUE, null, source)
        .step(List.of(event(0, "a", 1)));
  }
}
