package hindcast.simulation;

import hindcast.training.LearnerSettings;
import java.util.Map;

/**
 * Learners that suit a {@link SyntheticWorld} of any size.
 *
 * <p>Mean true values of the demo's world (10,000 items, 300,000 impressions, uniform .046, logging
 * .09, best .49), as measured over several seeds:
 *
 * <pre>
 *           softmax  greedy
 *   CLPI    .14      .38     weights of the softmax below 200: an interval after 10,000 impressions
 *   IPS     .20      .38     weights above 10,000: no interval
 * </pre>
 *
 * <p>The floor of cLPI is ten times the propensity of a uniform policy. A lower floor (1 / P)
 * learns a flatter softmax, hardly better than logging, whose greedy form is a little better; a
 * higher one (100 / P) the opposite.
 */
public final class RecommendedLearners {
  /** Events a step: about four steps a second at 1,000 impressions a second. */
  public static final int MINIBATCH_SIZE = 256;

  /** Steps between two policy checkpoints: about five seconds. */
  public static final int CHECKPOINT_EVERY = 20;

  /** Weight of the L2 penalty. */
  public static final double L2 = 1e-4;

  private static final double CLPI_LEARNING_RATE = .02;
  private static final double IPS_LEARNING_RATE = .01;

  private RecommendedLearners() {}

  /** τ of cLPI for a catalogue of P items: min(10 / P, 1). */
  public static double propensityFloor(int items) {
    return Math.min(10.0 / items, 1);
  }

  /** Clipped log policy improvement, Adam, exact gradient. */
  public static LearnerSettings clpi(int items, long seed) {
    return exact("CLPI", Map.of("tau", propensityFloor(items)), CLPI_LEARNING_RATE, seed);
  }

  /** Inverse propensity scoring, Adam, exact gradient. */
  public static LearnerSettings ips(long seed) {
    return exact("IPS", Map.of(), IPS_LEARNING_RATE, seed);
  }

  private static LearnerSettings exact(
      String objective, Map<String, Double> parameters, double learningRate, long seed) {
    return new LearnerSettings(
        objective,
        parameters,
        MINIBATCH_SIZE,
        "adam",
        learningRate,
        L2,
        "exact",
        Map.of(),
        seed,
        "zero");
  }
}
