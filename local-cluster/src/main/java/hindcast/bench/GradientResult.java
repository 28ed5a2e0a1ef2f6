package hindcast.bench;

/**
 * One estimator at one stage for one reward.
 *
 * @param source {@code hindcast}, or the peer's name
 * @param estimator EXACT, REINFORCE, UNIFORM, MIXTURE, TOPK_TAIL, PARTITION or AUTO
 * @param variant what tells it from others of the same estimator; may be empty
 * @param chosen the estimator in use, as the library says it
 * @param stage name of the stage
 * @param reward what the gradient is of
 * @param cpuMs CPU milliseconds a minibatch, index work included
 * @param relativeMse see {@link GradientError}; NaN where it was not measured
 * @param cosine see {@link GradientError}
 * @param biasSquared see {@link GradientError}
 * @param biasSquaredError its standard error
 */
record GradientResult(
    String source,
    String estimator,
    String variant,
    String chosen,
    String stage,
    Reward reward,
    Quantiles cpuMs,
    double relativeMse,
    double cosine,
    double biasSquared,
    double biasSquaredError) {

  String label() {
    return (source.equals(HINDCAST) ? "" : source + " ")
        + (variant.isEmpty() ? estimator : estimator + " " + variant);
  }

  /** The source of our own results. */
  static final String HINDCAST = "hindcast";
}
