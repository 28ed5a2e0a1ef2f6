package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The constant bets that mixtures spread their wealth over: {@code lam_k = 0.8 * 2.5^-k / m0}, k =
 * 0, ..., 5, with shares that fall as {@code 0.8^k}: 27 % for the largest, 9 % for the smallest.
 * Whatever the log-optimal bet between {@code 0.005 / m0} and {@code 1 / m0}, one of them is within
 * a factor of 1.6 of it and grows at 0.8 of its rate or faster where gains are small.
 */
final class BetGrid {
  static final int SIZE = 6;
  private static final double LARGEST = 0.8;
  private static final double RATIO = 2.5;
  private static final double[] SHARES = shares(0.8);

  private final double m0;
  private final double[] bets = new double[SIZE];

  BetGrid(double m0) {
    if (!(m0 > 0 && m0 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("mean under the hypothesis must be above 0: " + m0);
    }
    this.m0 = m0;
    for (int k = 0; k < SIZE; k++) {
      bets[k] = LARGEST * Math.pow(RATIO, -k) / m0;
    }
  }

  private static double[] shares(double ratio) {
    double[] shares = new double[SIZE];
    for (int k = 0; k < SIZE; k++) {
      shares[k] = Math.pow(ratio, k) * (1 - ratio) / (1 - Math.pow(ratio, SIZE));
    }
    return shares;
  }

  /** {@code ln(1 + lam_k (x - m0))}. */
  double gain(int k, double x) {
    return Math.log1p(bets[k] * (x - m0));
  }

  static double max(double[] logs) {
    double max = logs[0];
    for (double log : logs) {
      max = Math.max(max, log);
    }
    return max;
  }

  /** Logarithm of the mean of {@code exp(logs)} by shares. */
  static double logMean(double[] logs) {
    double max = max(logs);
    double sum = 0;
    for (int k = 0; k < SIZE; k++) {
      sum += SHARES[k] * Math.exp(logs[k] - max);
    }
    return max + Math.log(sum);
  }

  static void write(double[] logs, DataOutput out) throws IOException {
    for (double log : logs) {
      out.writeDouble(log);
    }
  }

  static void read(double[] logs, DataInput in) throws IOException {
    for (int k = 0; k < SIZE; k++) {
      logs[k] = in.readDouble();
    }
  }
}
