package hindcast.estimator;

/**
 * One event as an estimator of a policy sees it.
 *
 * <p>Always present: pi(a|x) in [0, 1] of the evaluated policy, the propensity p in (0, 1] and the
 * reward r in [0, 1]; hence the importance weight {@code w = pi / p}. Optional: the fields of
 * {@link FeedbackField}, set by the {@code with} methods, which change this instance and return it.
 * One instance can be filled again with {@link #set}, so that scoring a stream allocates nothing.
 *
 * <p>A weight above {@value #LARGEST_WEIGHT} is refused: sums of its squares would overflow.
 */
public final class ScoredFeedback {
  /** Largest accepted importance weight. */
  public static final double LARGEST_WEIGHT = 1e80;

  private static final double LARGEST_MODEL = 1e50;

  private double targetProbability;
  private double propensity;
  private double reward;
  private double weight;
  private int fields;
  private double uncertainty;
  private double modelReward;
  private double modelValue;
  private double clusterWeight;
  private double embeddingWeight;
  private double weightSecondMoment;
  private boolean selected;
  private double selectedTargetMass;
  private double selectedLoggingMass;
  private String segment;
  private String item;

  /**
   * An event without optional fields.
   *
   * @param targetProbability pi(a|x) in [0, 1]
   * @param propensity p in (0, 1]
   * @param reward r in [0, 1]
   */
  public static ScoredFeedback of(double targetProbability, double propensity, double reward) {
    return new ScoredFeedback().set(targetProbability, propensity, reward);
  }

  /** Makes this instance another event, without optional fields. */
  public ScoredFeedback set(double targetProbability, double propensity, double reward) {
    if (!(targetProbability >= 0 && targetProbability <= 1)) {
      throw new IllegalArgumentException(
          "policy probability must be in [0, 1]: " + targetProbability);
    }
    if (!(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException("propensity must be in (0, 1]: " + propensity);
    }
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1]: " + reward);
    }
    double w = targetProbability / propensity;
    if (w > LARGEST_WEIGHT) {
      throw new IllegalArgumentException(
          "importance weight must be at most "
              + LARGEST_WEIGHT
              + ": "
              + w
              + "; raise propensity.floor");
    }
    this.targetProbability = targetProbability;
    this.propensity = propensity;
    this.reward = reward;
    this.weight = w;
    this.fields = 0;
    return this;
  }

  /** Sets U, at least 0. */
  public ScoredFeedback withUncertainty(double value) {
    uncertainty = atLeastZero("uncertainty", value);
    return with(FeedbackField.UNCERTAINTY);
  }

  /** Sets q(x, a) of the logged action and qpi(x) = sum over actions of pi q. */
  public ScoredFeedback withRewardModel(double q, double qpi) {
    modelReward = bounded("reward model", q);
    modelValue = bounded("reward model's mean", qpi);
    return with(FeedbackField.REWARD_MODEL);
  }

  /** Sets pi(c|x) and pi0(c|x) of the cluster c of the logged action. */
  public ScoredFeedback withCluster(double target, double logging) {
    clusterWeight = ratio("cluster", target, logging);
    return with(FeedbackField.CLUSTER_WEIGHT);
  }

  /** Sets sum_a pi(a|x) p(e|x,a) and sum_a pi0(a|x) p(e|x,a) of the logged embedding e. */
  public ScoredFeedback withEmbedding(double target, double logging) {
    embeddingWeight = ratio("embedding", target, logging);
    return with(FeedbackField.EMBEDDING_WEIGHT);
  }

  /** Sets V(x) = sum_a pi(a|x)^2 / pi0(a|x), at least 0. */
  public ScoredFeedback withWeightSecondMoment(double value) {
    weightSecondMoment = atLeastZero("second moment of the weight", value);
    return with(FeedbackField.WEIGHT_SECOND_MOMENT);
  }

  /** Sets whether the action is in the selected set, and the set's mass under pi and pi0. */
  public ScoredFeedback withSelection(boolean member, double targetMass, double loggingMass) {
    selected = member;
    selectedTargetMass = atLeastZero("selected mass of the policy", targetMass);
    selectedLoggingMass = atLeastZero("selected mass of the logging policy", loggingMass);
    return with(FeedbackField.SELECTION);
  }

  /** Sets the discrete segment and the item. */
  public ScoredFeedback withKey(String segmentKey, String itemKey) {
    if (segmentKey == null || itemKey == null) {
      throw new IllegalArgumentException(
          "segment and item must be present: " + segmentKey + ", " + itemKey);
    }
    segment = segmentKey;
    item = itemKey;
    return with(FeedbackField.KEY);
  }

  /** Whether an optional field was set. */
  public boolean has(FeedbackField field) {
    return (fields & field.bit()) != 0;
  }

  /** pi(a|x), in [0, 1]. */
  public double targetProbability() {
    return targetProbability;
  }

  /** p, in (0, 1]. */
  public double propensity() {
    return propensity;
  }

  /** r, in [0, 1]. */
  public double reward() {
    return reward;
  }

  /** {@code w = pi / p}. */
  public double weight() {
    return weight;
  }

  /** U. */
  public double uncertainty() {
    return uncertainty;
  }

  /** q(x, a) of the logged action. */
  public double modelReward() {
    return modelReward;
  }

  /** qpi(x). */
  public double modelValue() {
    return modelValue;
  }

  /** {@code w_c = pi(c|x) / pi0(c|x)}. */
  public double clusterWeight() {
    return clusterWeight;
  }

  /** {@code w_e}. */
  public double embeddingWeight() {
    return embeddingWeight;
  }

  /** V(x). */
  public double weightSecondMoment() {
    return weightSecondMoment;
  }

  /** Whether the action is in the selected set. */
  public boolean selected() {
    return selected;
  }

  /** Mass of the selected set under pi. */
  public double selectedTargetMass() {
    return selectedTargetMass;
  }

  /** Mass of the selected set under pi0. */
  public double selectedLoggingMass() {
    return selectedLoggingMass;
  }

  /** The segment. */
  public String segment() {
    return segment;
  }

  /** The item. */
  public String item() {
    return item;
  }

  int fields() {
    return fields;
  }

  private ScoredFeedback with(FeedbackField field) {
    fields |= field.bit();
    return this;
  }

  private static double ratio(String what, double target, double logging) {
    boolean finite = logging < Double.POSITIVE_INFINITY && target / logging <= LARGEST_WEIGHT;
    if (!(logging > 0 && target >= 0 && finite)) {
      throw new IllegalArgumentException(
          what
              + " probabilities must be at least 0 under the policy and above 0 under the logging"
              + " policy: "
              + target
              + " and "
              + logging);
    }
    return target / logging;
  }

  private static double atLeastZero(String what, double value) {
    if (!(value >= 0 && value <= LARGEST_WEIGHT)) {
      throw new IllegalArgumentException(what + " must be finite and at least 0: " + value);
    }
    return value;
  }

  private static double bounded(String what, double value) {
    if (!(Math.abs(value) <= LARGEST_MODEL)) {
      throw new IllegalArgumentException(what + " must be a number of moderate size: " + value);
    }
    return value;
  }
}
