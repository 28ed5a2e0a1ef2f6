package hindcast.criterion;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Exponential moving averages of a payoff y and of its square over minibatches, under the
 * parameters of the moment: m ← (1 − ρ) m + ρ mean(y), the first minibatch taken whole. The rate ρ
 * should be faster than the learning rate (two time scales).
 */
public final class PayoffMoments {
  private final double rate;
  private double mean;
  private double meanOfSquares;
  private boolean started;

  /** Averages that follow at a rate in (0, 1]; 1 forgets everything but the last minibatch. */
  public PayoffMoments(double rate) {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate must be in (0, 1]: " + rate);
    }
    this.rate = rate;
  }

  /** Adds a minibatch by its mean of y and mean of y². */
  public void add(double batchMean, double batchMeanOfSquares) {
    double share = started ? rate : 1;
    mean += share * (batchMean - mean);
    meanOfSquares += share * (batchMeanOfSquares - meanOfSquares);
    started = true;
  }

  /** Averages that are the same now and go on alone. */
  public PayoffMoments copy() {
    PayoffMoments copy = new PayoffMoments(rate);
    copy.mean = mean;
    copy.meanOfSquares = meanOfSquares;
    copy.started = started;
    return copy;
  }

  /** m₁. */
  public double mean() {
    return mean;
  }

  /** m₂. */
  public double meanOfSquares() {
    return meanOfSquares;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(started);
    out.writeDouble(mean);
    out.writeDouble(meanOfSquares);
  }

  /** Reads what {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    started = in.readBoolean();
    mean = in.readDouble();
    meanOfSquares = in.readDouble();
  }
}
