package hindcast.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamingSumsTest {
  @Test
  void compensatedSumKeepsWhatPlainAdditionLoses() {
    CompensatedSum sum = new CompensatedSum();
    for (double x : new double[] {1, 1e100, 1, -1e100}) {
      sum.add(x);
    }
    assertThat(sum.value()).isEqualTo(2);
    CompensatedSum left = new CompensatedSum();
    CompensatedSum right = new CompensatedSum();
    left.add(1);
    left.add(1e100);
    right.add(1);
    right.add(-1e100);
    left.merge(right);
    assertThat(left.value()).isEqualTo(2);
    left.scale(0.5);
    assertThat(left.value()).isEqualTo(1);
  }

  @Test
  void varianceDoesNotCancelForLargeMeans() {
    Moments moments = new Moments();
    Moments a = new Moments();
    Moments b = new Moments();
    for (int k = 0; k < 1000; k++) {
      double x = 1e9 + k % 2;
      moments.add(x);
      (k < 300 ? a : b).add(x);
    }
    assertThat(moments.variance()).isCloseTo(250 / 999.0, within(1e-9));
    a.merge(b);
    assertThat(a.variance()).isCloseTo(moments.variance(), within(1e-9));
    a.merge(new Moments());
    assertThat(a.n()).isEqualTo(1000);
    assertThatThrownBy(() -> new Moments().variance()).hasMessageContaining("two numbers: 0");
  }

  @Test
  void coMomentsGiveTheSums() {
    SplittableRandom random = new SplittableRandom(1);
    CoMoments all = new CoMoments();
    CoMoments empty = new CoMoments();
    CoMoments a = new CoMoments();
    CoMoments b = new CoMoments();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int k = 0; k < 200; k++) {
      double x = random.nextDouble();
      double y = x * random.nextDouble();
      xx += x * x;
      xy += x * y;
      yy += y * y;
      all.add(x, y);
      (k % 3 == 0 ? a : b).add(x, y);
    }
    a.merge(b);
    empty.merge(a);
    for (CoMoments m : new CoMoments[] {all, a, empty}) {
      assertThat(m.sumXX()).isCloseTo(xx, within(1e-11));
      assertThat(m.sumXY()).isCloseTo(xy, within(1e-11));
      assertThat(m.sumYY()).isCloseTo(yy, within(1e-11));
    }
  }

  @Test
  void movingTheReferenceRoundsNothing() {
    ForwardDecay decay = new ForwardDecay(10);
    assertThat(decay.factor(123)).isEqualTo(1);
    assertThat(decay.advance(5)).isZero();
    assertThat(decay.weight(5)).isEqualTo(1);
    assertThat(decay.advance(5 + 10 * ForwardDecay.LIMIT - 1)).isZero();
    assertThat(decay.advance(5 + 10 * ForwardDecay.LIMIT)).isEqualTo(ForwardDecay.LIMIT);
    assertThat(decay.weight(5 + 10 * ForwardDecay.LIMIT)).isEqualTo(1);
    assertThat(decay.weight(-5 + 10 * ForwardDecay.LIMIT)).isEqualTo(0.5);
    assertThat(decay.factor(0)).as("queries are never before the latest event").isEqualTo(1);
    assertThatThrownBy(() -> new ForwardDecay(0.5)).hasMessageContaining("0.5");
    assertThatThrownBy(() -> decay.merge(new ForwardDecay(11))).hasMessageContaining("equal");
  }
}
