package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.numeric.CounterBasedRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerLawsTest {
  private static final String[] ALL = {"sgd", "momentum momentum=0.8", "adagrad", "adam"};

  @Property(tries = 60)
  void halfWriteReadRestIsTheWhole(@ForAll long seed, @ForAll @IntRange(min = 0, max = 30) int cut)
      throws IOException {
    for (String text : ALL) {
      OptimizerSettings settings = OptimizerSettings.parse(text);
      double[] whole = new double[5];
      double[] parts = new double[5];
      Optimizer one = settings.create(5);
      Optimizer first = settings.create(5);
      for (int step = 0; step < 30; step++) {
        if (step == cut) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          first.write(new DataOutputStream(bytes));
          first = settings.create(5);
          first.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
        double[] gradient = gradient(seed, step);
        one.step(whole, gradient, 0.1);
        first.step(parts, gradient, 0.1);
      }
      assertThat(parts).as(text).containsExactly(whole);
    }
  }

  private static double[] gradient(long seed, int step) {
    double[] gradient = new double[5];
    for (int k = 0; k < 5; k++) {
      gradient[k] = CounterBasedRandom.gaussian(seed, 5L * step + k);
    }
    return gradient;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "adagrad", "adam"})
  void climbsAParabola(String name) {
    Optimizer optimizer = OptimizerSettings.parse(name).create(1);
    double[] theta = {3};
    for (int step = 0; step < 3000; step++) {
      optimizer.step(theta, new double[] {1 - theta[0]}, 0.05);
    }
    assertThat(theta[0]).isBetween(0.99, 1.01);
  }

  @Test
  void adamsFirstStepIsTheLearningRate() {
    double[] theta = {0, 0};
    OptimizerSettings.parse("adam").create(2).step(theta, new double[] {1e-3, -50}, 0.02);
    assertThat(theta[0]).isCloseTo(0.02, org.assertj.core.api.Assertions.within(1e-6));
    assertThat(theta[1]).isCloseTo(-0.02, org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void settingsAreReadAndChecked() {
    OptimizerSettings settings =
        OptimizerSettings.parse("adam beta1=0.8 clip=5 schedule=inverse-sqrt:100");
    assertThat(settings.numbers()).isEqualTo(Map.of("beta1", 0.8));
    assertThat(settings.clip()).isEqualTo(5);
    assertThat(settings.schedule().factor(300)).isEqualTo(0.5);
    assertThat(Schedule.parse("inverse:10").factor(10)).isEqualTo(0.5);
    assertThat(Schedule.parse("exponential:10").factor(20)).isEqualTo(0.25);
    assertThat(Schedule.parse("constant").factor(99)).isEqualTo(1);
    assertThatThrownBy(() -> OptimizerSettings.parse("adam momentum=0.9"))
        .hasMessageContaining("momentum");
    assertThatThrownBy(() -> OptimizerSettings.parse("newton")).hasMessageContaining("newton");
    assertThatThrownBy(() -> OptimizerSettings.parse("sgd clip=0")).hasMessageContaining("clip");
    assertThatThrownBy(() -> Schedule.parse("sometimes:1")).hasMessageContaining("sometimes");
  }
}
