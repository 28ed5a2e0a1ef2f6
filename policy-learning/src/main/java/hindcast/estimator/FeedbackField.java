package hindcast.estimator;

/** What an estimator may need to know of an event beyond pi, p and r. */
public enum FeedbackField {
  /** U, standard deviation of the log propensity. */
  UNCERTAINTY(1),
  /** q(x, a) of the logged action and qpi(x), its mean under the policy. */
  REWARD_MODEL(2),
  /** pi(c|x) / pi0(c|x) of the cluster of the logged action. */
  CLUSTER_WEIGHT(4),
  /** Weight of the logged action's embedding. */
  EMBEDDING_WEIGHT(8),
  /** V(x) = sum over actions of pi^2 / pi0: needs the whole row of the logging policy. */
  WEIGHT_SECOND_MOMENT(16),
  /** Whether the action is selected, and the selected set's mass under pi and pi0. */
  SELECTION(32),
  /** The discrete segment and the item, as keys for counting. */
  KEY(64);

  private final int bit;

  FeedbackField(int bit) {
    this.bit = bit;
  }

  /** One bit, different for each field. */
  int bit() {
    return bit;
  }
}
