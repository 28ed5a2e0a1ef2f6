package hindcast.audit;

import hindcast.numeric.LogSumExp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * An e-value against {@code H0: E[X] <= 1} for observations X of at least 0: the mean wealth of
 * gamblers who bet the same share of their wealth on every X.
 *
 * <pre>
 * E = mean over j of prod over t of (1 + lam_j (X_t - 1))     lam_j = .98, 1/2, 1/4, ... 2^-9
 * </pre>
 *
 * <p>If H0 holds, given the past, E reaches {@code 1 / alpha} at any time with probability at most
 * alpha (Ville). The bets are fixed, so the order of events does not matter, observations of 0 are
 * just counted, and products of parts are the product of the whole. The price against the best
 * single bet is ln 10 and a factor of at most 2 in the bet.
 *
 * <p>Waudby-Smith, Ramdas, Estimating means of bounded random variables by betting, JRSS B 86
 * (2024), 1-27.
 */
final class GridEValue {
  private static final double[] BETS = {
    0.98, 0x1p-1, 0x1p-2, 0x1p-3, 0x1p-4, 0x1p-5, 0x1p-6, 0x1p-7, 0x1p-8, 0x1p-9
  };
  private static final double LARGE = 1e200;
  private static final double LARGEST = 1e90;

  private final double[] logs = new double[BETS.length];
  private final double[] products = new double[BETS.length];
  private long zeros;

  GridEValue() {
    Arrays.fill(products, 1);
  }

  /**
   * Takes an observation of at least 0; above 1e90 it counts as 1e90, which only makes E smaller.
   */
  void add(double observation) {
    double x = Math.min(observation, LARGEST);
    if (x == 0) {
      zeros++;
      return;
    }
    for (int j = 0; j < BETS.length; j++) {
      double product = products[j] * (1 + BETS[j] * (x - 1));
      if (product > LARGE || product < 1 / LARGE) {
        logs[j] += Math.log(product);
        product = 1;
      }
      products[j] = product;
    }
  }

  /** ln E now. */
  double logE() {
    return logE(0);
  }

  /** ln E after further observations of 0. */
  double logE(long moreZeros) {
    double[] terms = new double[BETS.length];
    for (int j = 0; j < BETS.length; j++) {
      terms[j] = logs[j] + Math.log(products[j]) + (zeros + moreZeros) * Math.log1p(-BETS[j]);
    }
    return LogSumExp.of(terms, BETS.length) - Math.log(BETS.length);
  }

  void write(DataOutput out) throws IOException {
    for (int j = 0; j < BETS.length; j++) {
      out.writeDouble(logs[j]);
      out.writeDouble(products[j]);
    }
    out.writeLong(zeros);
  }

  void read(DataInput in) throws IOException {
    for (int j = 0; j < BETS.length; j++) {
      logs[j] = in.readDouble();
      products[j] = in.readDouble();
    }
    zeros = in.readLong();
  }
}
