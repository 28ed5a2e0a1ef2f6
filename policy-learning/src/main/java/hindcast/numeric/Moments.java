package hindcast.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Count, mean and sum of squared deviations of a stream of numbers.
 *
 * <pre>
 * add:   d = x - mean;  n += 1;  mean += d / n;  M2 += d (x - mean)
 * merge: d = mean2 - mean1;  n = n1 + n2
 *        mean = mean1 + d n2 / n;  M2 = M2_1 + M2_2 + d^2 n1 n2 / n
 * </pre>
 *
 * <p>Deviations are taken from the running mean, so the variance does not cancel however large the
 * mean is. Numbers must be finite and their squares must not overflow.
 *
 * <p>Welford, Technometrics 4 (1962), 419-420. Chan, Golub, LeVeque, The American Statistician 37
 * (1983), 242-247.
 */
public final class Moments {
  private long n;
  private double mean;
  private double m2;

  /** Adds one number. */
  public void add(double x) {
    n++;
    double d = x - mean;
    mean += d / n;
    m2 += d * (x - mean);
  }

  /** Adds all numbers of the other stream. */
  public void merge(Moments other) {
    if (other.n == 0) {
      return;
    }
    if (n == 0) {
      n = other.n;
      mean = other.mean;
      m2 = other.m2;
      return;
    }
    double n1 = n;
    double n2 = other.n;
    double d = other.mean - mean;
    n += other.n;
    mean += d * n2 / n;
    m2 += other.m2 + d * d * (n1 * n2 / n);
  }

  /** How many numbers. */
  public long n() {
    return n;
  }

  /** Their mean; 0 when there is none. */
  public double mean() {
    return mean;
  }

  /** Sum of squared deviations from the mean. */
  public double m2() {
    return m2;
  }

  /** Sample variance, {@code M2 / (n - 1)}; needs two numbers. */
  public double variance() {
    if (n < 2) {
      throw new IllegalStateException("variance needs at least two numbers: " + n);
    }
    return m2 / (n - 1);
  }

  /** Standard error of the mean, {@code sqrt(variance / n)}; needs two numbers. */
  public double standardError() {
    return Math.sqrt(variance() / n);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(mean);
    out.writeDouble(m2);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    mean = in.readDouble();
    m2 = in.readDouble();
  }
}
