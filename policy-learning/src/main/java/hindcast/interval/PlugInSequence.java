package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Predictable plug-in empirical Bernstein lower confidence sequence.
 *
 * <pre>
 * la = ln(1 / alpha), c = 1/2
 * xhat = min(1, (1/2 + sum X) / t)     var = (1/4 + v) / t          from data before t
 * lam  = min(c, sqrt(2 la / (var t ln(1 + t))))     psi = -ln(1 - lam) - lam
 * A += lam X;  B += lam;  C += psi (X - xhat)^2;  v += (X - xhat)^2;  sum X += X
 * lower_t = (A - la - C) / B;  best = max of them, at least 0
 * </pre>
 *
 * <p>The clip of xhat at 1 keeps {@code X - xhat >= -1}, on which validity rests. {@link
 * MixtureSequence} is usually tighter.
 *
 * <p>Waudby-Smith, Ramdas, JRSS B 86 (2024), 1-27; Howard et al., Annals of Statistics 49 (2021),
 * 1055-1080.
 */
public final class PlugInSequence implements LowerSequence {
  private static final double LARGEST_BET = 0.5;

  private final double logInverseAlpha;
  private long n;
  private double sum;
  private double deviations;
  private double a;
  private double b;
  private double c;
  private double best;

  /**
   * @param alpha probability of ever being above the mean, in (0, 1)
   */
  public PlugInSequence(double alpha) {
    logInverseAlpha = BettingTest.threshold(alpha);
  }

  @Override
  public void add(double x) {
    checkObservation(x);
    double t = n + 1.0;
    double xhat = Math.min(1, (0.5 + sum) / t);
    double variance = (0.25 + deviations) / t;
    double lam =
        Math.min(LARGEST_BET, Math.sqrt(2 * logInverseAlpha / (variance * t * Math.log1p(t))));
    double squared = (x - xhat) * (x - xhat);
    a += lam * x;
    b += lam;
    c += psi(lam) * squared;
    deviations += squared;
    sum += x;
    n++;
    best = Math.max(best, current());
  }

  static void checkObservation(double x) {
    if (!(x >= 0 && x <= 1e100)) {
      throw new IllegalArgumentException("observation must be finite and at least 0: " + x);
    }
  }

  /** {@code -ln(1 - lam) - lam}, exact for small lam. */
  static double psi(double lam) {
    if (lam >= 1e-2) {
      return -Math.log1p(-lam) - lam;
    }
    double term = lam * lam;
    double psi = 0;
    for (int k = 2; k <= 10; k++) {
      psi += term / k;
      term *= lam;
    }
    return psi;
  }

  /** The bound of this moment alone; may be negative; minus infinity without data. */
  public double current() {
    return b == 0 ? Double.NEGATIVE_INFINITY : (a - logInverseAlpha - c) / b;
  }

  /** The running maximum of the bounds, at least 0. */
  @Override
  public double lower() {
    return best;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(sum);
    out.writeDouble(deviations);
    out.writeDouble(a);
    out.writeDouble(b);
    out.writeDouble(c);
    out.writeDouble(best);
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    sum = in.readDouble();
    deviations = in.readDouble();
    a = in.readDouble();
    b = in.readDouble();
    c = in.readDouble();
    best = in.readDouble();
  }
}
