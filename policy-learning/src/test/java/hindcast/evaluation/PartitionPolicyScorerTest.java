package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import hindcast.propensity.Propensity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionPolicyScorerTest {
  private static final int D = 6;
  private static final int L = 16;
  private static final PolicyForm[] FORMS = {
    PolicyForm.GREEDY, PolicyForm.SOFTMAX, PolicyForm.SHARPENED
  };

  private final Random random = new Random(11);

  @Test
  void smallCataloguesAreScoredExactly() {
    for (int items : new int[] {1, 2, 15, 16, 17, 300}) {
      ItemCatalogue catalogue = clustered(items);
      PolicyParameters policy = policy(1);
      List<LoggedFeedback> log = log(catalogue, 70, policy, null);
      PolicyScores expected = exact(policy, catalogue, log);
      PolicyScores scores = partition(policy, catalogue, log, new int[0]);
      for (int i = 0; i < log.size(); i++) {
        for (int form = 0; form < FORMS.length; form++) {
          assertThat(scores.probability(i, form))
              .isCloseTo(expected.probability(i, form), within(2e-4));
          assertThat(scores.relativeBias(i, form)).isZero();
        }
      }
    }
  }

  @Test
  void aLargeCatalogueIsWithinItsReportedErrorAndGreedyIsExact() {
    ItemCatalogue catalogue = clustered(60_000);
    PolicyParameters policy = policy(1.5);
    List<LoggedFeedback> log = log(catalogue, 200, policy, null);
    PolicyScores expected = exact(policy, catalogue, log);
    PolicyScores scores = partition(policy, catalogue, log, new int[0]);
    int best = 0;
    double squares = 0;
    double bias = 0;
    for (int i = 0; i < log.size(); i++) {
      assertThat(scores.probability(i, 0)).isEqualTo(expected.probability(i, 0));
      best += (int) scores.probability(i, 0);
      double error = scores.probability(i, 1) / expected.probability(i, 1) - 1;
      squares += error * error / log.size();
      bias += scores.relativeBias(i, 1) / log.size();
    }
    assertThat(best).isBetween(1, 199);
    assertThat(bias).isPositive().isLessThan(1e-2);
    assertThat(squares).isLessThan(9 * bias);
  }

  @Test
  void newItemsAndListsAndUnknownItems() {
    ItemCatalogue catalogue = clustered(2_000);
    PolicyParameters policy = policy(1);
    List<LoggedFeedback> log = log(catalogue, 40, policy, null);
    int[] fresh = IntStream.range(1_500, 2_000).toArray();
    PolicyScores scores = partition(policy, catalogue, log, fresh);
    SoftmaxPolicy softmax = new SoftmaxPolicy(policy, catalogue);
    double mass = 0;
    double[] probabilities = softmax.probabilities(log.get(0).context(), null);
    for (int item : fresh) {
      mass += probabilities[item];
    }
    assertThat(scores.newItemMass(0, 1)).isCloseTo(mass, within(1e-3));
    assertThat(scores.newItemMass(0, 0)).isNaN();
    assertThat(scores.newItemMass(39, 1)).isNaN();

    List<LoggedFeedback> odd = new ArrayList<>();
    odd.add(feedback(0, Context.dense(new float[] {1}), "item-1", null));
    odd.add(feedback(1, log.get(0).context(), "nobody", null));
    odd.add(feedback(2, log.get(0).context(), "item-1", List.of("item-1", "item-2")));
    PolicyScores of = partition(policy, catalogue, odd, new int[0]);
    assertThat(of.isDefined(0)).isFalse();
    assertThat(of.probability(1, 1)).isZero();
    assertThat(of.probability(2, 1))
        .isCloseTo(softmax.probability(log.get(0).context(), 1, new int[] {1, 2}), within(1e-6));
  }

  @Test
  void theSameMinibatchGivesTheSameScores() {
    ItemCatalogue catalogue = clustered(60_000);
    PolicyParameters policy = policy(1);
    List<LoggedFeedback> log = log(catalogue, 90, policy, null);
    CatalogueIndexes indexes = new CatalogueIndexes(catalogue.embeddings());
    PolicyScores once = score(scorer(policy, catalogue, indexes, new int[0]), log);
    PartitionPolicyScorer used = scorer(policy, catalogue, indexes, new int[0]);
    score(used, log.subList(10, 50));
    PolicyScores again = score(used, log);
    for (int i = 0; i < log.size(); i++) {
      for (int form = 0; form < FORMS.length; form++) {
        assertThat(again.probability(i, form)).isEqualTo(once.probability(i, form));
      }
    }
  }

  private static PartitionPolicyScorer scorer(
      PolicyParameters policy, ItemCatalogue catalogue, CatalogueIndexes indexes, int[] fresh) {
    return new PartitionPolicyScorer(policy, catalogue, indexes, fresh, 5, FORMS);
  }

  private static PolicyScores partition(
      PolicyParameters policy, ItemCatalogue catalogue, List<LoggedFeedback> log, int[] fresh) {
    return score(
        scorer(policy, catalogue, new CatalogueIndexes(catalogue.embeddings()), fresh), log);
  }

  private static PolicyScores exact(
      PolicyParameters policy, ItemCatalogue catalogue, List<LoggedFeedback> log) {
    return score(new SoftmaxPolicyScorer(new SoftmaxPolicy(policy, catalogue), FORMS), log);
  }

  private static PolicyScores score(PolicyScorer scorer, List<LoggedFeedback> log) {
    PolicyScores scores = new PolicyScores(FORMS.length);
    scores.reset(log.size());
    scorer.score(log, scores);
    return scores;
  }

  private ItemCatalogue clustered(int items) {
    int centres = Math.max(1, items / 100);
    double[][] centre = new double[centres][L];
    for (double[] row : centre) {
      for (int l = 0; l < L; l++) {
        row[l] = random.nextGaussian();
      }
    }
    float[] rows = new float[items * L];
    String[] ids = new String[items];
    for (int a = 0; a < items; a++) {
      ids[a] = "item-" + a;
      double length = Math.exp(.4 * random.nextGaussian()) / Math.sqrt(L);
      for (int l = 0; l < L; l++) {
        rows[a * L + l] = (float) (length * (centre[a % centres][l] + .3 * random.nextGaussian()));
      }
    }
    return new ItemCatalogue("v", "s", ids, PackedEmbeddings.ofRows(rows, items, L));
  }

  private PolicyParameters policy(double scale) {
    double[] theta = new double[D * L];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = scale * random.nextGaussian();
    }
    return new PolicyParameters(D, L, theta);
  }

  /** Every third event logs the policy's best item. */
  private List<LoggedFeedback> log(
      ItemCatalogue catalogue, int events, PolicyParameters policy, List<String> eligible) {
    SoftmaxPolicy softmax = new SoftmaxPolicy(policy, catalogue);
    List<LoggedFeedback> log = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      float[] x = new float[D];
      for (int k = 0; k < D; k++) {
        x[k] = (float) random.nextGaussian();
      }
      Context context = Context.dense(x);
      int item = i % 3 == 0 ? softmax.best(context, null) : random.nextInt(catalogue.size());
      log.add(feedback(i, context, catalogue.idOf(item), eligible));
    }
    return log;
  }

  private static LoggedFeedback feedback(
      long time, Context context, String item, List<String> eligible) {
    return new LoggedFeedback(
        "i" + time,
        time,
        "s",
        context,
        item,
        0,
        eligible,
        "logging",
        0,
        1,
        new Propensity(.5, 0, Propensity.Source.LOGGED));
  }
}
