package hindcast.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sum with a running compensation: the error does not grow with the number of terms.
 *
 * <p>After n terms the error is at most {@code 2u |sum| + O(n^2 u^2) sum |x|}, u = 2^-53.
 *
 * <p>Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54
 * (1974), 39-51.
 */
public final class CompensatedSum {
  private double sum;
  private double compensation;

  /** Adds a finite term. */
  public void add(double x) {
    double t = sum + x;
    compensation += Math.abs(sum) >= Math.abs(x) ? (sum - t) + x : (x - t) + sum;
    sum = t;
  }

  /** Adds all terms of the other sum. */
  public void merge(CompensatedSum other) {
    double otherCompensation = other.compensation;
    add(other.sum);
    compensation += otherCompensation;
  }

  /** Multiplies every term by a factor. */
  public void scale(double factor) {
    sum *= factor;
    compensation *= factor;
  }

  /** The sum. */
  public double value() {
    return sum + compensation;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(sum);
    out.writeDouble(compensation);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    sum = in.readDouble();
    compensation = in.readDouble();
  }
}
