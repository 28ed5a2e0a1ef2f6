package hindcast.estimator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random events that have every optional field. */
final class Events {
  private Events() {}

  static List<ScoredFeedback> random(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ScoredFeedback> events = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      events.add(one(random));
    }
    return events;
  }

  static ScoredFeedback one(SplittableRandom random) {
    double reward = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    double selectedMass = 0.2 + 0.8 * random.nextDouble();
    return ScoredFeedback.of(
            random.nextInt(10) == 0 ? 0 : random.nextDouble(),
            0.02 + 0.98 * random.nextDouble(),
            reward)
        .withUncertainty(2 * random.nextDouble())
        .withRewardModel(random.nextDouble(), random.nextDouble())
        .withCluster(random.nextDouble(), 0.05 + 0.95 * random.nextDouble())
        .withEmbedding(random.nextDouble(), 0.05 + 0.95 * random.nextDouble())
        .withWeightSecondMoment(0.5 + random.nextDouble())
        .withSelection(random.nextBoolean(), selectedMass, 0.2 + 0.8 * random.nextDouble())
        .withKey("s" + random.nextInt(3), "a" + random.nextInt(4));
  }

  /** The same event with another reward. */
  static ScoredFeedback withReward(ScoredFeedback f, double reward) {
    return ScoredFeedback.of(f.targetProbability(), f.propensity(), reward)
        .withUncertainty(f.uncertainty())
        .withRewardModel(f.modelReward(), f.modelValue());
  }
}
