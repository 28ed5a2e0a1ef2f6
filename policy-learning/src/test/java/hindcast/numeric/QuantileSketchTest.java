package hindcast.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantileSketchTest {
  @Test
  void quantilesAreWithinOnePerCent() {
    Random random = new Random(20260109);
    QuantileSketch sketch = new QuantileSketch();
    long[] values = new long[10_000];
    for (int k = 0; k < values.length; k++) {
      values[k] = (long) Math.exp(30 * random.nextDouble());
      sketch.add(values[k]);
    }
    Arrays.sort(values);
    for (double share : new double[] {0.001, 0.01, 0.25, 0.5, 0.9, 0.99, 1}) {
      long exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat(sketch.quantile(share)).isCloseTo(exact, within(0.0101 * exact));
    }
    assertThat(sketch.n()).isEqualTo(10_000);
    assertThat(sketch.largest()).isEqualTo(values[9999]);
    assertThat(sketch.quantile(1)).isLessThanOrEqualTo(sketch.largest());
  }

  @Test
  void zerosAndExtremesAreNumbersToo() {
    QuantileSketch sketch = new QuantileSketch();
    assertThat(sketch.quantile(0.5)).isZero();
    for (int k = 0; k < 3; k++) {
      sketch.add(0);
    }
    sketch.add(1);
    sketch.add(Long.MAX_VALUE);
    assertThat(sketch.quantile(0.6)).isZero();
    assertThat(sketch.quantile(0.8)).isEqualTo(1, within(0.01));
    assertThat(sketch.quantile(1)).isCloseTo(0x1p63, within(0.01 * 0x1p63));
    assertThat(sketch.largest()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> sketch.add(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> sketch.quantile(0)).hasMessageContaining("0");
  }
}
