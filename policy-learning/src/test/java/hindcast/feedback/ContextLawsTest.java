package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.numeric.CounterBasedRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContextLawsTest {

  @Property(tries = 50)
  void denseAndSparseGiveTheSameBits(@ForAll long seed) {
    int d = 9;
    int latent = 4;
    float[] dense = new float[d];
    int[] indices = new int[d];
    float[] values = new float[d];
    int stored = 0;
    for (int i = 0; i < d; i++) {
      if (CounterBasedRandom.uniform(seed, i) < 0.4) {
        dense[i] = (float) CounterBasedRandom.gaussian(seed, 100 + i);
        indices[stored] = i;
        values[stored++] = dense[i];
      }
    }
    Context a = Context.dense(dense);
    Context b =
        Context.sparse(
            d, java.util.Arrays.copyOf(indices, stored), java.util.Arrays.copyOf(values, stored));
    double[] theta = new double[d * latent];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = CounterBasedRandom.gaussian(seed, 1000 + k);
    }
    double[] ha = new double[latent];
    double[] hb = new double[latent];
    a.project(theta, latent, ha);
    b.project(theta, latent, hb);
    assertThat(hb).containsExactly(ha);
    double[] copy = theta.clone();
    a.addOuter(0.3, ha, theta);
    b.addOuter(0.3, ha, copy);
    assertThat(copy).containsExactly(theta);
  }

  @Test
  void refusesWhatIsNotAContext() {
    assertThatThrownBy(() -> Context.dense(new float[0]))
        .hasMessage("context dimension must be at least 1: 0");
    assertThatThrownBy(() -> Context.dense(new float[] {1, Float.NaN}))
        .hasMessage("context features must be finite: NaN at position 1");
    assertThatThrownBy(() -> Context.sparse(3, new int[] {0, 3}, new float[2]))
        .hasMessage("context index must be in [0, 3): 3");
    assertThatThrownBy(() -> Context.sparse(3, new int[] {1, 1}, new float[2]))
        .hasMessage("context indices must increase: 1 after 1");
    assertThatThrownBy(() -> Context.sparse(3, new int[] {1}, new float[2]))
        .hasMessageContaining("one value per index");
  }

  @Test
  void equalityIsByFeatures() {
    assertThat(Context.dense(new float[] {1, 2})).isEqualTo(Context.dense(new float[] {1, 2}));
    assertThat(Context.dense(new float[] {1, 2})).isNotEqualTo(Context.dense(new float[] {2, 1}));
    assertThat(Context.sparse(2, new int[] {1}, new float[] {5}))
        .isEqualTo(Context.sparse(2, new int[] {1}, new float[] {5}))
        .hasSameHashCodeAs(Context.sparse(2, new int[] {1}, new float[] {5}));
  }
}
