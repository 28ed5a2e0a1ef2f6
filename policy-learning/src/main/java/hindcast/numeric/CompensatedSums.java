package hindcast.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Many sums with running compensations in two flat arrays: each as {@link CompensatedSum}, which
 * holds the error bound and the source.
 *
 * <p>Sums are numbered from 0 and start at 0; {@link #grow} appends further ones.
 */
public final class CompensatedSums {
  private double[] sum;
  private double[] compensation;
  private int size;

  /** This many sums, all 0. */
  public CompensatedSums(int size) {
    this.size = size;
    sum = new double[Math.max(size, 4)];
    compensation = new double[sum.length];
  }

  /** How many sums. */
  public int size() {
    return size;
  }

  /** Appends a sum of 0 and returns its number. */
  public int grow() {
    if (size == sum.length) {
      sum = Arrays.copyOf(sum, 2 * size);
      compensation = Arrays.copyOf(compensation, 2 * size);
    }
    return size++;
  }

  /** Adds a finite term to sum k. */
  public void add(int k, double x) {
    double s = sum[k];
    double t = s + x;
    compensation[k] += Math.abs(s) >= Math.abs(x) ? (s - t) + x : (x - t) + s;
    sum[k] = t;
  }

  /** Adds a factor times sum j of the others to sum k. */
  public void merge(int k, CompensatedSums others, int j, double factor) {
    double theirs = others.compensation[j] * factor;
    add(k, others.sum[j] * factor);
    compensation[k] += theirs;
  }

  /** Multiplies every term of every sum by a factor. */
  public void scale(double factor) {
    for (int k = 0; k < size; k++) {
      sum[k] *= factor;
      compensation[k] *= factor;
    }
  }

  /** Sum k. */
  public double value(int k) {
    return sum[k] + compensation[k];
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int k = 0; k < size; k++) {
      out.writeDouble(sum[k]);
      out.writeDouble(compensation[k]);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("number of sums must be at least 0: " + count);
    }
    size = 0;
    sum = new double[4];
    compensation = new double[4];
    for (int k = 0; k < count; k++) {
      grow();
      sum[k] = in.readDouble();
      compensation[k] = in.readDouble();
    }
  }
}
