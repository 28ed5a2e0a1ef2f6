package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Gamma-exponential mixture lower confidence sequence: the default.
 *
 * <p>With {@code xhat_t = min(1, (1/2 + sum of X before t) / t)}, {@code v = sum (X - xhat)^2},
 * {@code s(m) = sum X - t m}, rho = 1, the mixture over bets lam in (0, 1) of {@code exp(lam s +
 * (ln(1 - lam) + lam) v)} with a truncated gamma density is
 *
 * <pre>
 * logW(m) = s + v + rho ln rho - (v + rho) ln(s + v + rho) + lnG(v + rho, s + v + rho) - lnG(rho, rho)
 * lnG(a, x) = ln P(a, x) + lnGamma(a)          P: regularised lower incomplete gamma
 * </pre>
 *
 * <p>The bound is the root of {@code logW(m) = ln(1 / alpha)} in [0, min(1, mean X)]: 0 if logW is
 * below the threshold at 0, the upper end if it is above the threshold there. logW decreases in m
 * and s is at least 0, so bisection is safe and P is at least 1/2. It is evaluated as {@code a (u -
 * ln(1 + u)) - rho + ...} with {@code u = s / a}, {@code a = v + rho} and Stirling's series, which
 * does not cancel for large v.
 *
 * <p>Only n, sum X and v are kept; the root is found on query.
 *
 * <p>Howard, Ramdas, McAuliffe, Sekhon, Time-uniform, nonparametric, nonasymptotic confidence
 * sequences, Annals of Statistics 49 (2021), 1055-1080, Proposition 9.
 */
public final class MixtureSequence implements LowerSequence {
  private static final double LOG_G_RHO = Math.log(-Math.expm1(-1.0));
  private static final double STIRLING_FROM = 30;

  private final double logInverseAlpha;
  private long n;
  private double sum;
  private double deviations;

  /**
   * @param alpha probability of ever being above the mean, in (0, 1)
   */
  public MixtureSequence(double alpha) {
    logInverseAlpha = BettingTest.threshold(alpha);
  }

  private MixtureSequence(double logInverseAlpha, long n) {
    this.logInverseAlpha = logInverseAlpha;
    this.n = n;
  }

  @Override
  public void add(double x) {
    PlugInSequence.checkObservation(x);
    n++;
    double xhat = Math.min(1, (0.5 + sum) / n);
    deviations += (x - xhat) * (x - xhat);
    sum += x;
  }

  @Override
  public double lower() {
    if (n == 0 || logW(0) <= logInverseAlpha) {
      return 0;
    }
    double low = 0;
    double high = Math.min(1, sum / n);
    if (logW(high) > logInverseAlpha) {
      return high;
    }
    for (int k = 0; k < 200 && high - low > 1e-15 * high; k++) {
      double middle = low + (high - low) / 2;
      if (logW(middle) > logInverseAlpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the bound is above m, in [0, 1], without finding the bound. */
  public boolean excludes(double m) {
    return n > 0 && sum - n * m >= 0 && logW(m) > logInverseAlpha;
  }

  /**
   * Observations in all after which the bound passes m, if those to come have the mean and the
   * spread of those so far: at least n, infinite where their mean is not above m or there are none.
   */
  public double observationsToExclude(double m) {
    if (n == 0 || !(sum / n > m)) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 1;
    double high = 1;
    while (!scaled(high).excludes(m)) {
      low = high;
      high *= 2;
      if (high > 1e12) {
        return Double.POSITIVE_INFINITY;
      }
    }
    for (int k = 0; k < 40; k++) {
      double middle = (low + high) / 2;
      if (scaled(middle).excludes(m)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.ceil(high * n);
  }

  private MixtureSequence scaled(double factor) {
    MixtureSequence later = new MixtureSequence(logInverseAlpha, Math.round(factor * n));
    later.sum = factor * sum;
    later.deviations = factor * deviations;
    return later;
  }

  /** Log of the mixture at the hypothesis E[X] = m. */
  double logW(double m) {
    double s = Math.max(0, sum - n * m);
    double a = deviations + 1;
    double u = s / a;
    double logP = logP(a, s + a);
    double body;
    if (a < STIRLING_FROM) {
      body = s + deviations - a * Math.log(s + a) + LogGamma.value(a);
    } else {
      body = a * excess(u) - 1 + 0.5 * Math.log(2 * Math.PI / a) + stirling(a);
    }
    return body + logP - LOG_G_RHO;
  }

  /** {@code u - ln(1 + u)} for u of at least 0. */
  private static double excess(double u) {
    if (u > 0.01) {
      return u - Math.log1p(u);
    }
    double term = u * u;
    double value = 0;
    for (int k = 2; k <= 10; k++) {
      value += (k % 2 == 0 ? term : -term) / k;
      term *= u;
    }
    return value;
  }

  /** {@code lnGamma(a) - (a - 1/2) ln a + a - ln(2 pi) / 2} for a of at least 30. */
  private static double stirling(double a) {
    double i = 1 / a;
    double i2 = i * i;
    return i * (1 / 12.0 - i2 * (1 / 360.0 - i2 * (1 / 1260.0 - i2 * (1 / 1680.0))));
  }

  private static double logP(double a, double x) {
    double q = RegularizedGamma.Q.value(a, x);
    return Math.log1p(-q);
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
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    sum = in.readDouble();
    deviations = in.readDouble();
  }
}
