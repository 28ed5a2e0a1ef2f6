package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bet on the next observation against {@code H0: E[X] <= m0}, from the observations before it.
 *
 * <pre>
 * xhat = (m0 + sum X) / t     var = (1/4 + v) / t     d = xhat - m0
 * lam  = clip(d / (var + d^2), 0, c / m0)              c = 1/2
 * after the bet: v += (X - xhat)^2;  sum X += X
 * </pre>
 *
 * t counts the next observation. The factor {@code 1 + lam (X - m0)} is at least 1 - c for every X
 * at least 0.
 */
final class PredictableBet {
  private static final double SHARE = 0.5;

  private final double m0;
  private long n;
  private double sum;
  private double deviations;

  PredictableBet(double m0) {
    if (!(m0 > 0 && m0 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("mean under the hypothesis must be above 0: " + m0);
    }
    this.m0 = m0;
  }

  double m0() {
    return m0;
  }

  long n() {
    return n;
  }

  /** lam for the next observation. */
  double next() {
    double t = n + 1.0;
    double d = (m0 + sum) / t - m0;
    double variance = (0.25 + deviations) / t;
    return Math.min(SHARE / m0, Math.max(0, d / (variance + d * d)));
  }

  /** Takes the next observation and returns {@code ln(1 + lam (X - m0))} of the bet made on it. */
  double settle(double x) {
    PlugInSequence.checkObservation(x);
    double gain = Math.log1p(next() * (x - m0));
    double xhat = (m0 + sum) / (n + 1.0);
    n++;
    sum += x;
    deviations += (x - xhat) * (x - xhat);
    return gain;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(sum);
    out.writeDouble(deviations);
  }

  void read(DataInput in) throws IOException {
    n = in.readLong();
    sum = in.readDouble();
    deviations = in.readDouble();
  }
}
