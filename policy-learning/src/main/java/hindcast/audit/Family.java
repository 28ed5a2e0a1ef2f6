package hindcast.audit;

import hindcast.interval.AlphaSpending;

/**
 * The levels of the tests that can raise a critical finding: all of one log are one family.
 *
 * <p>The level alpha is shared equally by {@value #GROUPS} groups of tests; in a group the k-th
 * test that is ever opened has {@code 6 / (pi^2 k^2)} of the group's level. So the probability that
 * a sound log ever raises one, over all groups, segments, items, policies and looks, is at most
 * alpha.
 */
final class Family {
  private static final int GROUPS = 8;

  private final double level;

  Family(double alpha) {
    level = AlphaSpending.equal(alpha, GROUPS);
  }

  /** What ln E of the k-th test of a group must reach, k counted from 1. */
  double threshold(long k) {
    return -Math.log(AlphaSpending.ofVersion(level, k));
  }
}
