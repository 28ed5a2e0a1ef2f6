package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds out that the means of a vector of numbers in [0, 1] are no longer what they were in a
 * baseline: an e-CUSUM for each component and direction, with fixed bets.
 *
 * <pre>
 * baseline  first B events: mean m, standard error se;   m0 = m + 4 se + 1 / B, at most 1
 * after it  M_j = max(M_j, 1) (1 + lam_j (X - m0)),   lam_j = 2^-j / m0, j = 1 .. 5
 * alarm     mean of M_j over j >= 1 / alpha, and it stays
 * </pre>
 *
 * <p>and the same for 1 - X. Where m0 is 1 there is nothing above it to be found. With a right
 * baseline the time between false alarms is at least 1 / alpha events on average for each
 * component. Shin, Ramdas, Rinaldo, E-detectors, New England Journal of Statistics in Data Science
 * 2 (2024).
 */
final class Cusum {
  private static final int BETS = 5;
  private static final double ALPHA = 1e-8;
  private static final double MARGIN = 4;

  private final int baseline;
  private final int components;
  private final double[] sum;
  private final double[] squares;
  private final double[] limit;
  private final double[] wealth;
  private final long[] alarm;
  private final double[] since;
  private long n;

  Cusum(int baseline, int components) {
    this.baseline = baseline;
    this.components = components;
    sum = new double[components];
    squares = new double[components];
    limit = new double[2 * components];
    wealth = new double[2 * components * BETS];
    alarm = new long[2 * components];
    since = new double[components];
  }

  /** Takes the next vector; numbers outside [0, 1] are clipped. */
  void add(double[] x) {
    n++;
    for (int c = 0; c < components; c++) {
      double value = Math.max(0, Math.min(1, x[c]));
      if (n <= baseline) {
        sum[c] += value;
        squares[c] += value * value;
      } else {
        since[c] += value;
        bet(2 * c, value);
        bet(2 * c + 1, 1 - value);
      }
    }
    if (n == baseline) {
      for (int c = 0; c < components; c++) {
        limit[2 * c] = limit(baseline(c), c);
        limit[2 * c + 1] = limit(1 - baseline(c), c);
      }
    }
  }

  private double limit(double mean, int component) {
    double m = baseline(component);
    double variance = Math.max(0, squares[component] / baseline - m * m);
    return Math.min(1, mean + MARGIN * Math.sqrt(variance / baseline) + 1.0 / baseline);
  }

  private void bet(int side, double value) {
    if (alarm[side] > 0) {
      return;
    }
    double mean = 0;
    double bet = 1 / limit[side];
    for (int j = 0; j < BETS; j++) {
      bet /= 2;
      int k = side * BETS + j;
      wealth[k] = Math.max(wealth[k], 1) * (1 + bet * (value - limit[side]));
      mean += wealth[k] / BETS;
    }
    if (mean >= 1 / ALPHA) {
      alarm[side] = n;
    }
  }

  /** Mean of a component in the baseline. */
  double baseline(int component) {
    return sum[component] / baseline;
  }

  /** Mean of a component since the baseline. */
  double since(int component) {
    return n <= baseline ? baseline(component) : since[component] / (n - baseline);
  }

  /** The event, counted from 1, of the first alarm of a component; 0 when there was none. */
  long alarmAt(int component) {
    long up = alarm[2 * component];
    long down = alarm[2 * component + 1];
    return up == 0 || (down > 0 && down < up) ? down : up;
  }

  /** The component whose alarm came first; -1 when there was none. */
  int first() {
    int first = -1;
    for (int c = 0; c < components; c++) {
      if (alarmAt(c) > 0 && (first < 0 || alarmAt(c) < alarmAt(first))) {
        first = c;
      }
    }
    return first;
  }

  long n() {
    return n;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(components);
    out.writeLong(n);
    for (double[] numbers : new double[][] {sum, squares, limit, wealth, since}) {
      for (double number : numbers) {
        out.writeDouble(number);
      }
    }
    for (long at : alarm) {
      out.writeLong(at);
    }
  }

  static Cusum read(int baseline, DataInput in) throws IOException {
    Cusum cusum = new Cusum(baseline, in.readInt());
    cusum.n = in.readLong();
    for (double[] numbers :
        new double[][] {cusum.sum, cusum.squares, cusum.limit, cusum.wealth, cusum.since}) {
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = in.readDouble();
      }
    }
    for (int k = 0; k < cusum.alarm.length; k++) {
      cusum.alarm[k] = in.readLong();
    }
    return cusum;
  }
}
