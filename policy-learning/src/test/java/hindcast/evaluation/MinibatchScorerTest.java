package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.gradient.PartitionForm;
import hindcast.numeric.CounterBasedRandom;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import hindcast.testing.Logs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinibatchScorerTest {
  private static final int P = 400;
  private static final int L = 5;
  private static final int N = 40;
  private static final ItemCatalogue CATALOGUE = Logs.catalogue(P, L, 7);
  private static final List<PolicyForm> FORMS =
      List.of(PolicyForm.SOFTMAX, PolicyForm.GREEDY, PolicyForm.SHARPENED);
  private static final List<PolicyParameters> VERSIONS = List.of(version(1), version(2));
  private static final CatalogueIndexes INDEXES = new CatalogueIndexes(CATALOGUE.embeddings());

  private final Context[] contexts = new Context[N];
  private final int[] items = new int[N];
  private final int[][] eligible = new int[N][];
  private final long[] keys = new long[N];

  MinibatchScorerTest() {
    SoftmaxPolicy first = new SoftmaxPolicy(VERSIONS.get(0), CATALOGUE);
    for (int i = 0; i < N; i++) {
      contexts[i] =
          Context.dense(
              new float[] {1, (float) CounterBasedRandom.gaussian(i, 1), (float) (i % 3)});
      eligible[i] = i % 5 == 0 ? new int[] {3, 8, 100} : null;
      items[i] = eligible[i] != null ? 8 : CounterBasedRandom.below(5, i, P);
      if (i % 4 == 1) {
        items[i] = first.best(contexts[i], eligible[i]);
      }
      keys[i] = i;
    }
  }

  private static PolicyParameters version(long seed) {
    double[] theta =
        IntStream.range(0, 3 * L)
            .mapToDouble(k -> .4 * CounterBasedRandom.gaussian(seed, k))
            .toArray();
    return new PolicyParameters(3, L, theta);
  }

  private MinibatchScorer scored(PartitionForm form) {
    MinibatchScorer scorer = new MinibatchScorer(INDEXES, form);
    scorer.score(VERSIONS, FORMS, N, contexts, items, eligible, keys);
    return scorer;
  }

  @Test
  void everyVersionAndFormIsWhatThePolicySays() {
    for (PartitionForm form : new PartitionForm[] {null, new PartitionForm(P, 1)}) {
      MinibatchScorer scorer = scored(form);
      int best = 0;
      for (int v = 0; v < VERSIONS.size(); v++) {
        SoftmaxPolicy policy = new SoftmaxPolicy(VERSIONS.get(v), CATALOGUE);
        for (int i = 0; i < N; i++) {
          double[] want =
              policy.formProbabilities(
                  contexts[i], items[i], eligible[i], FORMS.toArray(new PolicyForm[0]));
          for (int f = 0; f < FORMS.size(); f++) {
            assertThat(scorer.probability(v, f, i))
                .isCloseTo(want[f], within(1e-5 * want[f] + 1e-12));
            assertThat(scorer.relativeBias(v, f, i)).isZero();
          }
          best += scorer.probability(v, 1, i) == 1 ? 1 : 0;
        }
      }
      assertThat(best).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void greedyIsDecidedExactlyWhateverThePartitionSees() {
    MinibatchScorer exact = scored(null);
    MinibatchScorer blind = scored(new PartitionForm(0, 16));
    for (int v = 0; v < VERSIONS.size(); v++) {
      for (int i = 0; i < N; i++) {
        assertThat(blind.probability(v, 1, i)).isEqualTo(exact.probability(v, 1, i));
      }
    }
  }

  @Test
  void biasOfAnEstimateIsReportedAndNotTooSmall() {
    MinibatchScorer exact = scored(null);
    MinibatchScorer estimate = new MinibatchScorer(INDEXES, new PartitionForm(0, 64));
    double[] bias = new double[N];
    double[] reported = new double[N];
    int repetitions = 2000;
    for (int r = 0; r < repetitions; r++) {
      long[] other = new long[N];
      for (int i = 0; i < N; i++) {
        other[i] = CounterBasedRandom.bits(r, i);
      }
      estimate.score(
          VERSIONS.subList(0, 1), FORMS.subList(0, 1), N, contexts, items, eligible, other);
      for (int i = 0; i < N; i++) {
        bias[i] += (estimate.probability(0, 0, i) / exact.probability(0, 0, i) - 1) / repetitions;
        reported[i] += estimate.relativeBias(0, 0, i) / repetitions;
      }
    }
    assertThat(IntStream.range(0, N).mapToDouble(i -> bias[i]).sum()).isPositive();
    for (int i = 0; i < N; i++) {
      assertThat(bias[i]).as("event %d", i).isLessThan(2 * reported[i] + .01);
    }
  }

  @Test
  void massOfSomeItemsIsTheSumOfTheirProbabilities() {
    SoftmaxPolicy policy = new SoftmaxPolicy(VERSIONS.get(1), CATALOGUE);
    int[] some = {3, 100, 8};
    for (PartitionForm form : new PartitionForm[] {null, new PartitionForm(P, 1)}) {
      MinibatchScorer scorer = scored(form);
      for (int i = 0; i < N; i++) {
        double want = 0;
        for (int a : some) {
          want += policy.probability(contexts[i], a, eligible[i]);
        }
        assertThat(scorer.mass(1, 0, i, some)).isCloseTo(want, within(1e-5));
      }
      assertThatThrownBy(() -> scorer.mass(0, 1, 0, some)).hasMessageContaining("greedy");
    }
  }
}
