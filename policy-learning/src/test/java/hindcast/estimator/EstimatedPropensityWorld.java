package hindcast.estimator;

import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.Propensity;
import java.util.SplittableRandom;

/**
 * Segments x items with a logging policy {@code softmax(N(0, 1) / tau)} in each segment, a target
 * that plays eight good items with mass .9 and every item with .1, rewards .9 and .05, and the
 * keyed Dirichlet estimate of the logging policy, read before each update.
 */
final class EstimatedPropensityWorld {
  private static final int POSITIVES = 8;

  private final Setting setting;
  private final SplittableRandom random;
  private final double[][] logging;
  private final DirichletPropensity[] estimates;

  /** Segments, items, events, prior strength and flatness of the logging policy. */
  record Setting(int segments, int items, int events, double priorStrength, double tau) {
    double target(int item) {
      return (item < POSITIVES ? 0.9 / POSITIVES : 0) + 0.1 / items;
    }

    double value() {
      double value = 0;
      for (int a = 0; a < items; a++) {
        value += target(a) * mean(a);
      }
      return value;
    }

    static double mean(int item) {
      return item < POSITIVES ? 0.9 : 0.05;
    }
  }

  EstimatedPropensityWorld(Setting setting, double halfLifeMicros, long seed) {
    this.setting = setting;
    random = new SplittableRandom(seed);
    logging = new double[setting.segments][setting.items];
    estimates = new DirichletPropensity[setting.segments];
    for (int s = 0; s < setting.segments; s++) {
      double sum = 0;
      for (int a = 0; a < setting.items; a++) {
        logging[s][a] = Math.exp(gaussian() / setting.tau);
        sum += logging[s][a];
      }
      for (int a = 0; a < setting.items; a++) {
        logging[s][a] /= sum;
      }
      estimates[s] = new DirichletPropensity(halfLifeMicros, setting.priorStrength);
    }
  }

  /** The true probability with which a segment shows an item. */
  double logging(int segment, int item) {
    return logging[segment][item];
  }

  /** What is known of it at a time. */
  Propensity estimate(int segment, int item, long timeMicros) {
    return estimates[segment].predict("a" + item, 1.0 / setting.items, timeMicros);
  }

  /**
   * Draws the event of a time into {@code f}, with its estimated propensity; returns its segment
   * and item.
   */
  int[] next(ScoredFeedback f, long timeMicros) {
    int s = random.nextInt(setting.segments);
    int a = 0;
    for (double u = random.nextDouble() - logging[s][0]; u > 0 && a < setting.items - 1; ) {
      u -= logging[s][++a];
    }
    Propensity p = estimate(s, a, timeMicros);
    estimates[s].update("a" + a, timeMicros);
    f.set(setting.target(a), p.value(), random.nextDouble() < Setting.mean(a) ? 1 : 0)
        .withUncertainty(p.uncertainty());
    return new int[] {s, a};
  }

  private double gaussian() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
