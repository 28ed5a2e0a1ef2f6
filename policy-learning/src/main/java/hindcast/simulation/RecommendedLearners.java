package hindcast.simulation;

import hindcast.training.LearnerSettings;
import java.util.Map;

/**
 * Learners that suit a {@link SyntheticWorld} of any size.
 *
 * <p>Mean true values in the demo's world (10,000 items, 1 % of rewards late; uniform .046, logging
 * .090, best .486) after 60,000 and 300,000 impressions, four seeds for CLPI and three for IPS:
 *
 * <pre>
 *          softmax      greedy       sharpened:4   largest weight of the softmax
 *   CLPI   .123  .144   .371  .372   .346  .356         90       143
 *   IPS    .069  .184   .330  .358   .199  .351        361    40,327
 * </pre>
 *
 * <p>The softmax of CLPI has an interval after about 7,000 impressions; that of IPS loses it as it
 * sharpens. The floor of CLPI is ten times the propensity of the uniform policy. A lower floor
 * gives a flatter softmax, which is worth less, and a better greedy form; a higher one the
 * opposite.
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
