package hindcast.objective;

/** What an objective may need to know of an event besides its context, item and reward. */
public enum Field {
  /** p, the probability with which the item was shown. */
  PROPENSITY("a propensity, logged or estimated"),
  /** U, the standard deviation of log p̂ (0 for a logged propensity). */
  UNCERTAINTY("a propensity with its uncertainty"),
  /** q(x, a), a prediction of the reward for every item. */
  REWARD_MODEL("a reward model"),
  /** π₀(·|x), the logging probability of every item. */
  LOGGING_ROW("the logging probability of every item"),
  /** A cluster for every item, and π₀(c|x) of the logged one. */
  CLUSTERS("item clusters and the cluster's logging probability"),
  /** p(e|a), an embedding drawn for the logged item, and π₀(e|x). */
  EMBEDDING("an item embedding and its probabilities"),
  /** Φ(x), the items the policy may choose; the logged one may be left out. */
  SELECTION("the selected items"),
  /** π₀(Φ|x), the logging probability of all selected items together. */
  SELECTION_PROPENSITY("the logging probability of the selected items"),
  /** s, a discrete key of the context. */
  STATE("a discrete context key");

  private final String description;

  Field(String description) {
    this.description = description;
  }

  /** In words. */
  public String description() {
    return description;
  }
}
