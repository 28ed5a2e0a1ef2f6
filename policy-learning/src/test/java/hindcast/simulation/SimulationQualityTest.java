package hindcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.SupportRule;
import hindcast.feedback.LoggedFeedback;
import hindcast.policy.Policy;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import hindcast.policy.UniformPolicy;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The demo's world can be learned by the recommended learners, and its values can be estimated, in
 * the time of a demo. Full length with {@code -Pquality}.
 */
class SimulationQualityTest {
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));
  private static final int ITEMS = FULL ? 10_000 : 2_000;
  private static final List<PolicyForm> FORMS =
      List.of(PolicyForm.SOFTMAX, PolicyForm.GREEDY, PolicyForm.SHARPENED);
  private static final List<EstimatorSpec> ESTIMATORS =
      List.of(EstimatorSpec.parse("IPS"), EstimatorSpec.parse("SNIPS"));

  @Test
  void clippedLogPolicyImprovementBeatsTheLoggingPolicyAndItsGreedyFormGetsHalfway() {
    int impressions = FULL ? 300_000 : 60_000;
    for (long seed = 1; seed <= (FULL ? 3 : 1); seed++) {
      SyntheticWorld world = new SyntheticWorld(WorldSettings.of(seed));
      LearnerSettings settings = RecommendedLearners.clpi(world.catalogue().size(), seed);
      List<TrueValue> learned = learnedValues(world, settings, seed, impressions);
      Truth truth = truth(world, seed);
      double logging = truth.ofLogging().value();
      double best = truth.ofBest().value();
      assertThat(learned.get(0).value()).isGreaterThan(1.2 * logging);
      assertThat(learned.get(1).value()).isGreaterThan((logging + best) / 2 + .02);
      assertThat(learned.get(2).value()).isGreaterThan((logging + best) / 2);
    }
  }

  @Test
  void inversePropensityScoringLearnsWithoutExploding() {
    SyntheticWorld world = new SyntheticWorld(WorldSettings.of(1, ITEMS));
    int impressions = FULL ? 300_000 : 40_000;
    List<TrueValue> learned = learnedValues(world, RecommendedLearners.ips(1), 1, impressions);
    Truth truth = truth(world, 1);
    double mark = FULL ? truth.ofLogging().value() : 1.2 * truth.ofUniform().value();
    assertThat(learned.get(0).value()).isGreaterThan(mark);
    assertThat(learned.get(1).value()).isGreaterThan(2 * truth.ofLogging().value());
  }

  @Test
  void intervalsCoverTheTruth() {
    SyntheticWorld world = new SyntheticWorld(WorldSettings.of(1, ITEMS));
    int runs = FULL ? 20 : 3;
    Map<String, Integer> covered = new TreeMap<>();
    for (long seed = 1; seed <= runs; seed++) {
      JoinedLog log = new JoinedLog(world, TrafficSettings.of(seed, 1000), 0);
      MinibatchTrainer trainer = trainer(world, RecommendedLearners.clpi(ITEMS, seed));
      learn(trainer, log, 15_000);
      PolicyParameters theta = trainer.parameters();
      List<Policy> policies =
          List.of(new UniformPolicy(ITEMS), new SoftmaxPolicy(theta, world.catalogue()));
      List<EstimateSet> sets = score(policies, log, 20_000);
      Truth truth = truth(world, seed);
      count("uniform", sets.get(0), truth.ofUniform(), covered);
      count("softmax", sets.get(1), truth.of(theta, PolicyForm.SOFTMAX), covered);
    }
    assertThat(covered)
        .containsOnlyKeys(
            "IPS of softmax", "IPS of uniform", "SNIPS of softmax", "SNIPS of uniform");
    assertThat(covered.values()).allMatch(count -> count >= (FULL ? 16 : 2));
  }

  private static List<TrueValue> learnedValues(
      SyntheticWorld world, LearnerSettings settings, long seed, int impressions) {
    MinibatchTrainer trainer = trainer(world, settings);
    learn(trainer, new JoinedLog(world, TrafficSettings.of(seed, 1000), 0), impressions);
    return truth(world, seed).of(trainer.parameters(), FORMS);
  }

  private static Truth truth(SyntheticWorld world, long seed) {
    return Truth.of(world, TrafficSettings.of(seed, 1000));
  }

  private static MinibatchTrainer trainer(SyntheticWorld world, LearnerSettings settings) {
    return new MinibatchTrainer(
        settings, "learned", world.settings().contextDimension(), world.catalogue(), null);
  }

  private static void learn(MinibatchTrainer trainer, JoinedLog log, int impressions) {
    int size = trainer.settings().minibatchSize();
    for (int step = 0; step < impressions / size; step++) {
      List<LoggedFeedback> minibatch = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        minibatch.add(log.next());
      }
      assertThat(trainer.step(minibatch).applied()).isTrue();
    }
  }

  private static List<EstimateSet> score(List<Policy> policies, JoinedLog log, int impressions) {
    List<EstimateSet> sets = policies.stream().map(policy -> EstimateSet.of(ESTIMATORS)).toList();
    ScoredFeedback scored = new ScoredFeedback();
    for (int i = 0; i < impressions; i++) {
      LoggedFeedback feedback = log.next();
      for (int k = 0; k < sets.size(); k++) {
        double probability = policies.get(k).probability(feedback);
        sets.get(k).add(scored.set(probability, feedback.propensity().value(), feedback.reward()));
      }
    }
    return sets;
  }

  private static void count(
      String policy, EstimateSet set, TrueValue truth, Map<String, Integer> covered) {
    for (EstimateSet.Line line : set.estimates(SupportRule.DEFAULT)) {
      Estimate estimate = line.estimate();
      assertThat(estimate.supported()).isTrue();
      boolean covers =
          estimate.lower().orElseThrow() <= truth.value()
              && truth.value() <= estimate.upper().orElseThrow();
      covered.merge(line.spec() + " of " + policy, covers ? 1 : 0, Integer::sum);
    }
  }
}
