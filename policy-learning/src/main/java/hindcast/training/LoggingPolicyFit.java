package hindcast.training;

import hindcast.objective.RegKl;
import hindcast.objective.ScoredMinibatch;

/**
 * What a start at the logging policy maximises:
 *
 * <pre>
 *   −½ mean (ln p − ln π(a|x))²      c_i = (ln p_i − ln π_i) / n
 * </pre>
 *
 * <p>With logged propensities a policy that can be the logging policy becomes it without noise: the
 * items never logged share the mass that is left. An event with p = 1, or without a propensity,
 * counts with its likelihood, ln π(a|x), c = 1 / n.
 */
final class LoggingPolicyFit {
  /** Scores events for the fit: π of the logged item, also where there is no reward. */
  static final RegKl SCORING = new RegKl(Double.POSITIVE_INFINITY, 0);

  private LoggingPolicyFit() {}

  /** Writes c and returns the value. */
  static double coefficients(ScoredMinibatch batch, double[] c) {
    int n = batch.size();
    double value = 0;
    for (int i = 0; i < n; i++) {
      double logProbability = batch.logProbability(i);
      double propensity = batch.propensity(i);
      double gap = Math.log(propensity) - logProbability;
      c[i] = (propensity < 1 ? gap : 1) / n;
      value += propensity < 1 ? -gap * gap / 2 : logProbability;
    }
    return value / n;
  }
}
