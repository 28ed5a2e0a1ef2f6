package hindcast.gradient;

/**
 * A change of the estimator a gradient uses.
 *
 * @param minibatch how many minibatches had been fitted
 * @param from the estimator until then
 * @param to the estimator from then on
 * @param reason what was measured and which limit it broke or kept
 */
public record GradientDecision(long minibatch, String from, String to, String reason) {
  @Override
  public String toString() {
    return "minibatch " + minibatch + ": " + from + " -> " + to + ", " + reason;
  }
}
