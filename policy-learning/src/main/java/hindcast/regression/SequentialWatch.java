package hindcast.regression;

import hindcast.interval.BettingMixture;
import hindcast.interval.ChangeMixture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One stream of observations X of at least 0 under {@code H0: E[X] <= m0}, watched in two ways: has
 * its mean been above m0 all along ({@link BettingMixture}, final), and has it risen above m0 at
 * some time ({@link ChangeMixture}, which rests when it falls back).
 *
 * <p>The mean before the change need not be known: m0 bounds it. Order matters and states do not
 * merge.
 */
public final class SequentialWatch {
  private final double m0;
  private final BettingMixture test;
  private final ChangeMixture change;

  SequentialWatch(double m0, double alpha, double changeAlpha) {
    this.m0 = m0;
    test = new BettingMixture(m0, alpha);
    change = new ChangeMixture(m0, changeAlpha);
  }

  void add(double x) {
    test.add(x);
    change.add(x);
  }

  /** The largest mean under the hypothesis. */
  public double m0() {
    return m0;
  }

  /** Whether the mean has been above m0. */
  public BettingMixture test() {
    return test;
  }

  /** Whether the mean has risen above m0. */
  public ChangeMixture change() {
    return change;
  }

  void write(DataOutput out) throws IOException {
    test.write(out);
    change.write(out);
  }

  void read(DataInput in) throws IOException {
    test.read(in);
    change.read(in);
  }
}
