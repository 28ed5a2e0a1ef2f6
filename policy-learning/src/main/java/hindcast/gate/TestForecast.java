package hindcast.gate;

/**
 * What a {@link PlannedTest} is expected to show.
 *
 * @param test the test
 * @param successProbability P that it succeeds, Φ((δ − z s) / √(τ² + s²))
 * @param probabilityAbove P that the true excess is above 0, Φ(δ / τ): what a test without noise
 *     would show
 * @param excess δ, expected V(π) − (1 + u) V(π0)
 * @param estimationRisk τ, standard deviation of what is known of δ; more log makes it smaller
 * @param outcomeNoise s, standard deviation of what the test measures of δ; a longer test makes it
 *     smaller
 */
public record TestForecast(
    PlannedTest test,
    double successProbability,
    double probabilityAbove,
    double excess,
    double estimationRisk,
    double outcomeNoise) {}
