package hindcast.gradient;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Gradients of parts of a minibatch, put together: each part gives its mean gradient, its value and
 * its number of events; the result is their mean by events. Sums merge in any grouping (bit for bit
 * only in one order of merging).
 */
public final class GradientSum {
  private final double[] gradient;
  private double value;
  private long count;

  /** An empty sum over a number of parameters. */
  public GradientSum(int parameters) {
    gradient = new double[parameters];
  }

  /** Adds a part. */
  public void add(double[] meanGradient, double meanValue, long events) {
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] += events * meanGradient[k];
    }
    value += events * meanValue;
    count += events;
  }

  /** Adds the parts of another sum. */
  public void merge(GradientSum other) {
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] += other.gradient[k];
    }
    value += other.value;
    count += other.count;
  }

  /** Events in all. */
  public long count() {
    return count;
  }

  /** The mean value; 0 before any event. */
  public double meanValue() {
    return count == 0 ? 0 : value / count;
  }

  /** The mean gradient; 0 before any event. */
  public double[] meanGradient() {
    double[] mean = new double[gradient.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = count == 0 ? 0 : gradient[k] / count;
    }
    return mean;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeDouble(value);
    for (double sum : gradient) {
      out.writeDouble(sum);
    }
  }

  /** Reads what {@link #write} of a sum of the same size wrote. */
  public void read(DataInput in) throws IOException {
    count = in.readLong();
    value = in.readDouble();
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = in.readDouble();
    }
  }
}
