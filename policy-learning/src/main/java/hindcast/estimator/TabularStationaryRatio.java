package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Distribution correction from counts: {@code V = mean(min(zeta, cap) r)}, {@code zeta = pi(a|s)
 * n(s) / n(s, a)}. Name: {@code DICE_S}.
 *
 * <p>No propensities: the ratio solves {@code min 1/2 E_D[zeta^2] - E_pi[zeta]} over discrete
 * states s. Without a cap this is the tabular direct method, {@code sum_s n_s / n sum_a pi(a|s)
 * rbar(s, a)} with rbar = 0 where nothing was seen. The noise of the counts is not a per-event
 * variance, so there is no standard error: use a block bootstrap over windows.
 *
 * <p>State: {@link StateActionSums}, whose memory grows with the pairs (s, a) seen.
 *
 * <p>UIPS paper A.5; Nachum, Chow, Dai, Li, DualDICE, NeurIPS 2019.
 */
public final class TabularStationaryRatio extends ValueEstimator {
  private final double cap;
  private final StateActionSums sums;
  private long n;

  TabularStationaryRatio(EstimatorSpec spec) {
    super(spec);
    cap = spec.parameter("cap");
    sums = new StateActionSums(cap);
  }

  @Override
  void accumulate(ScoredFeedback f) {
    n++;
    sums.add(f, 1);
  }

  @Override
  public PointEstimate estimate() {
    return n == 0 ? PointEstimate.none(0) : PointEstimate.of(n, sums.weightedReward() / n);
  }

  /** zeta of an added event before the cap, from the counts of all events so far. */
  double ratio(ScoredFeedback f) {
    return f.targetProbability() * sums.inverseFrequency(f);
  }

  @Override
  DecayedForm decayed(double halfLifeMicros) {
    return new DecayedStationaryRatio(cap, halfLifeMicros);
  }

  @Override
  void mergeState(ValueEstimator other) {
    TabularStationaryRatio o = (TabularStationaryRatio) other;
    n += o.n;
    sums.merge(o.sums, 1);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    sums.read(in);
  }
}
