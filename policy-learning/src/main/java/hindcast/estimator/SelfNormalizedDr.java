package hindcast.estimator;

import hindcast.numeric.CoMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Doubly robust with a normalised correction: {@code V = mean(qpi) + sum y / sum x}.
 *
 * <table>
 * <caption>x and y by name, e = r - q</caption>
 * <tr><td>{@code SNDR}</td><td>x = w, y = w e</td></tr>
 * <tr><td>{@code MINVAR_DR}</td><td>x = h, y = h w e, h = 1 / max(w, floor)</td></tr>
 * </table>
 *
 * <p>Only the correction is normalised. Variance by the influence function, {@code psi = (qpi -
 * mean qpi) + (y - c x) / mean(x)}, {@code c = sum y / sum x}, {@code Var = sum psi^2 / n^2}. Not
 * available when all x are 0.
 *
 * <p>Thomas, Brunskill, Data-Efficient Off-Policy Policy Evaluation, ICML 2016; UIPS paper Eq. 10.
 */
public final class SelfNormalizedDr extends ValueEstimator {
  private final boolean minimumVariance;
  private final double floor;
  private final CoMoments correction = new CoMoments();
  private final CoMoments modelAndWeight = new CoMoments();
  private final CoMoments modelAndCorrection = new CoMoments();

  SelfNormalizedDr(EstimatorSpec spec) {
    super(spec);
    minimumVariance = spec.method() == EstimatorMethod.MINVAR_DR;
    floor = minimumVariance ? spec.parameter("floor") : 0;
  }

  private double normaliser(ScoredFeedback f) {
    return minimumVariance ? 1 / Math.max(f.weight(), floor) : f.weight();
  }

  private double correction(ScoredFeedback f) {
    double weighted = f.weight() * (f.reward() - f.modelReward());
    return minimumVariance ? weighted / Math.max(f.weight(), floor) : weighted;
  }

  @Override
  void accumulate(ScoredFeedback f) {
    double x = normaliser(f);
    double y = correction(f);
    correction.add(x, y);
    modelAndWeight.add(f.modelValue(), x);
    modelAndCorrection.add(f.modelValue(), y);
  }

  @Override
  public PointEstimate estimate() {
    long n = correction.n();
    double xbar = correction.meanX();
    if (xbar == 0) {
      return PointEstimate.none(n);
    }
    double c = correction.meanY() / xbar;
    double value = modelAndWeight.meanX() + c;
    if (n == 1) {
      return PointEstimate.of(n, value);
    }
    double residual = correction.myy() - 2 * c * correction.mxy() + c * c * correction.mxx();
    double cross = modelAndCorrection.mxy() - c * modelAndWeight.mxy();
    double psi = modelAndWeight.mxx() + 2 * cross / xbar + residual / (xbar * xbar);
    return PointEstimate.of(n, value, psi / n / n);
  }

  @Override
  void mergeState(ValueEstimator other) {
    SelfNormalizedDr o = (SelfNormalizedDr) other;
    correction.merge(o.correction);
    modelAndWeight.merge(o.modelAndWeight);
    modelAndCorrection.merge(o.modelAndCorrection);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    correction.write(out);
    modelAndWeight.write(out);
    modelAndCorrection.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    correction.read(in);
    modelAndWeight.read(in);
    modelAndCorrection.read(in);
  }

  @Override
  DecayedForm decayed(double halfLifeMicros) {
    return new DecayedNormalizedDr(halfLifeMicros, this::normaliser, this::correction);
  }
}
