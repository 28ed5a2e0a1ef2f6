package hindcast.estimator;

import hindcast.testing.Golden;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 03: decayed sums at several reference times and their merge. */
class DecayGoldenTest {
  static Stream<Golden> cases() {
    return Golden.whole("03_decay");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decayedSums(Golden golden) {
    golden.required();
    int n = golden.at("/inputs/t").size();
    Pair all = new Pair(golden, IntStream.range(0, n).toArray());
    Pair a = new Pair(golden, golden.integers("/inputs/partition_a"));
    Pair b = new Pair(golden, golden.integers("/inputs/partition_b"));
    a.check(golden, "/expected/part_a");
    b.check(golden, "/expected/part_b");
    all.check(golden, "/expected/at_T");
    all.checkEstimates(golden);
    a.merge(b);
    a.check(golden, "/expected/at_T");
    a.checkEstimates(golden);
    golden.assertExercised();
  }

  private static final class Pair {
    final DecayedEstimator ips;
    final DecayedEstimator snips;

    Pair(Golden golden, int[] events) {
      double halfLife = micros(golden.number("/inputs/half_life"));
      ips = new DecayedEstimator(EstimatorSpec.parse("IPS"), halfLife);
      snips = new DecayedEstimator(EstimatorSpec.parse("SNIPS"), halfLife);
      double[] t = golden.vector("/inputs/t");
      double[] w = golden.vector("/inputs/w");
      double[] r = golden.vector("/inputs/r");
      for (int i : events) {
        ScoredFeedback f = ScoredFeedback.of(w[i] / 16, 1 / 16.0, r[i]);
        ips.add(f, micros(t[i]));
        snips.add(f, micros(t[i]));
      }
    }

    void merge(Pair other) {
      ips.merge(other.ips);
      snips.merge(other.snips);
    }

    void check(Golden golden, String at) {
      long ref = micros(golden.number(at + "/ref"));
      golden.exercised(at + "/ref");
      double[] mean = ips.sums(ref);
      double[] ratio = snips.sums(ref);
      golden.check(at + "/d", mean[0]);
      golden.check(at + "/d_y", mean[1]);
      golden.check(at + "/d_w", ratio[0]);
      golden.check(at + "/d2", mean[2]);
      golden.check(at + "/d2_y", mean[3]);
      golden.check(at + "/d2_yy", mean[4]);
      golden.check(at + "/d2_ww", ratio[2]);
      golden.check(at + "/d2_wwr", ratio[3]);
    }

    void checkEstimates(Golden golden) {
      golden.check("/expected/ips", ips.estimate().value().getAsDouble());
      golden.check("/expected/ips_se", ips.estimate().standardError().getAsDouble());
      golden.check("/expected/n_eff", ips.effectiveSampleSize());
      golden.check("/expected/snips", snips.estimate().value().getAsDouble());
      golden.check("/expected/snips_se", snips.estimate().standardError().getAsDouble());
      golden.check("/expected/ess", snips.effectiveSampleSize());
    }
  }

  private static long micros(double time) {
    return Math.round(time * 1e6);
  }
}
