package hindcast.audit;

/** What sort of logger writes, and what it writes. */
enum LogStyle {
  /** Softmax over contexts; eligible sets with their rows. */
  ROWS,
  /** Softmax over contexts; only the propensity, the size of the catalogue is known. */
  SOFTMAX,
  /** Epsilon-greedy over contexts, epsilon .2; eligible sets without rows. */
  EPSILON_GREEDY,
  /** One softmax for each segment and version; only the propensity. */
  TABLE
}
