package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.testing.States;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that are no state of an estimator: refused, or an estimate without NaN. */
class EstimatorStateTest {
  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void truncatedBytesAreRefused(EstimatorMethod method) {
    byte[] bytes = state(method);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(method, part)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void flippedBitsGiveNoNaN(EstimatorMethod method) {
    byte[] bytes = state(method);
    SplittableRandom random = new SplittableRandom(3);
    for (int k = 0; k < 200; k++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        PointEstimate estimate = read(method, flipped).estimate();
        estimate.value().ifPresent(v -> assertThat(v).isFinite());
        estimate.standardError().ifPresent(se -> assertThat(se).isNotNegative());
      } catch (IOException refused) {
        assertThat(refused.getClass().getPackageName()).isEqualTo("java.io");
      }
    }
  }

  private static byte[] state(EstimatorMethod method) {
    ValueEstimator estimator = EstimatorSpec.parse(method.example()).create();
    Events.random(1, 9).forEach(estimator::add);
    return States.bytes(estimator::write);
  }

  private static ValueEstimator read(EstimatorMethod method, byte[] bytes) throws IOException {
    ValueEstimator estimator = EstimatorSpec.parse(method.example()).create();
    estimator.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    return estimator;
  }
}
