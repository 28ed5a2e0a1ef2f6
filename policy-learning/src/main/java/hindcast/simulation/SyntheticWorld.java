package hindcast.simulation;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;

/**
 * A world whose truth is known: contexts, items, how likely each is rewarded with each, and the
 * policy that has served so far. Everything follows from the seed.
 *
 * <ul>
 *   <li><b>Items.</b> β_a ∈ ℝᴸ in single precision, gathered in groups, of different lengths:
 *       {@link WorldShape}, which also gives the middle and the logging deviation below.
 *   <li><b>Contexts.</b> A finite population of M, drawn uniformly with replacement, so that the
 *       value of a policy is a finite sum and {@link Truth} is exact, not sampled. The first
 *       features are the segment, one-hot; the others are normal.
 *   <li><b>Rewards.</b> Bernoulli, q(x,a) = {@value #LOWEST} + {@value #RANGE} σ({@value
 *       #STEEPNESS} (z − middle)), with z(x,a) of mean 0 and deviation 1: mostly Θ*ᵀx · β_a, partly
 *       a bent function of x, partly the item's own appeal, neither of which a linear learner can
 *       see.
 *   <li><b>Logging policy.</b> (1 − ε) softmax + ε uniform, ε = {@value #EXPLORATION}, by scores of
 *       the logging deviation whose direction is right with correlation {@value #LOGGING_SKILL}.
 * </ul>
 *
 * <p>At 10,000 items, whatever the seed, uniform is worth about .046, the logging policy .09, the
 * best item of each context .49 (before late rewards).
 *
 * <p>q is held as a table of M · P floats. Immutable and safe for use by several threads.
 */
public final class SyntheticWorld {
  /** The policy id of the logging policy. */
  public static final String LOGGING_POLICY_ID = "logging";

  static final double LOWEST = .01;
  static final double RANGE = .59;
  static final double STEEPNESS = 1.3;
  static final double EXPLORATION = .2;
  static final double LOGGING_SKILL = .6;
  private static final double UNBENT = .95;
  private static final double APPEAL = .25;

  private final WorldSettings settings;
  private final ItemCatalogue catalogue;
  private final Context[] contexts;
  private final float[] rewardProbabilities;
  private final ExploringSoftmax loggingPolicy;

  /** A world and its items. */
  public SyntheticWorld(WorldSettings settings) {
    this(settings, catalogue(settings));
  }

  /**
   * A world over its items as somebody holds them, so that there is one copy of their vectors.
   *
   * @param catalogue what {@link #catalogue(WorldSettings)} gives, perhaps written and read again
   */
  public SyntheticWorld(WorldSettings settings, ItemCatalogue catalogue) {
    if (catalogue.size() != settings.items()
        || catalogue.dimension() != settings.embeddingDimension()) {
      throw new IllegalArgumentException(
          "a world needs its own items, "
              + settings.items()
              + " x "
              + settings.embeddingDimension()
              + ": "
              + catalogue);
    }
    this.settings = settings;
    this.catalogue = catalogue;
    WorldShape shape = WorldShape.of(settings.items());
    int dimension = settings.embeddingDimension();
    ItemEmbeddings embeddings = catalogue.embeddings();
    contexts = Population.contexts(settings);
    double[][] inputs = Population.features(contexts);
    SeededRandom random = new SeededRandom(settings.seed(), "directions");
    UserVectors right = UserVectors.linear(inputs, dimension, random);
    UserVectors wrong = UserVectors.linear(inputs, dimension, random);
    UserVectors bent = UserVectors.bent(inputs, dimension, random);
    UserVectors truth = right.blend(UNBENT, bent).withScoreDeviation(1, embeddings);
    UserVectors logging =
        right.blend(LOGGING_SKILL, wrong).withScoreDeviation(shape.loggingDeviation(), embeddings);

    rewardProbabilities = rewardProbabilities(settings, truth, embeddings);
    loggingPolicy = new ExploringSoftmax(embeddings, logging, contexts.length, EXPLORATION);
  }

  /** The items of a world. */
  public static ItemCatalogue catalogue(WorldSettings settings) {
    return new ItemCatalogue(
        "synthetic-" + settings.seed() + "-" + settings.items(),
        "synthetic-" + settings.seed(),
        Population.itemIds(settings.items()),
        Population.embeddings(settings));
  }

  /** The sizes and the seed. */
  public WorldSettings settings() {
    return settings;
  }

  /** The items, in index order. */
  public ItemCatalogue catalogue() {
    return catalogue;
  }

  /** M. */
  public int contexts() {
    return contexts.length;
  }

  /** Context m in [0, M). */
  public Context context(int m) {
    return contexts[m];
  }

  /** The segment of context m. */
  public String segment(int m) {
    return settings.segments().get(m % settings.segments().size());
  }

  /** q(x,a), the probability that item a is rewarded in context m, sooner or later. */
  public double rewardProbability(int m, int item) {
    return rewardProbabilities[m * settings.items() + item];
  }

  /** π₀(a|x) in context m. */
  public double propensity(int m, int item) {
    return loggingPolicy.probability(m, item);
  }

  /** π₀(·|x) in context m, for every item. */
  public void propensities(int m, double[] out) {
    loggingPolicy.probabilities(m, out);
  }

  /** ε, the uniform share of the logging policy: p ≥ ε / P. */
  public double exploration() {
    return EXPLORATION;
  }

  int drawItem(int m, SeededRandom random) {
    return loggingPolicy.draw(m, random);
  }

  private static float[] rewardProbabilities(
      WorldSettings settings, UserVectors users, ItemEmbeddings embeddings) {
    SeededRandom random = new SeededRandom(settings.seed(), "appeal");
    double[] appeal = new double[settings.items()];
    for (int a = 0; a < appeal.length; a++) {
      appeal[a] = APPEAL * random.nextGaussian();
    }
    double mean = users.meanScore(embeddings);
    double middle = WorldShape.of(settings.items()).middle();
    double seen = Math.sqrt(1 - APPEAL * APPEAL);
    float[] table = new float[settings.contexts() * settings.items()];
    double[] scores = new double[settings.items()];
    double[] h = new double[settings.embeddingDimension()];
    for (int m = 0; m < settings.contexts(); m++) {
      users.copy(m, h);
      embeddings.scores(h, scores);
      for (int a = 0; a < scores.length; a++) {
        double z = seen * (scores[a] - mean) + appeal[a];
        table[m * scores.length + a] =
            (float) (LOWEST + RANGE / (1 + Math.exp(-STEEPNESS * (z - middle))));
      }
    }
    return table;
  }
}
