package hindcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceGradientTest {
  private static final int DIMENSION = 6;

  private final ItemVectors items = SyntheticVectors.clustered(1300, DIMENSION, 3);
  private final float[] dense = DenseReward.of(items, 3);
  private final SessionBatch batch =
      SessionBatch.draw(items, SyntheticSessions.draw(items, 10, 3), 1, 7, 3).get(0);

  @Test
  void isTheSlopeOfEachReward() {
    double[] theta = new double[DIMENSION * DIMENSION];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = k % (DIMENSION + 1) == 0 ? 5 : 0.3 * Math.sin(k);
    }
    Map<Reward, double[]> gradients = new ReferenceGradient(items, dense).of(theta, batch);
    for (Reward reward : Reward.values()) {
      for (int k : List.of(0, 8, 17, 35)) {
        double slope = slope(reward, theta, k);
        assertThat(gradients.get(reward)[k])
            .as(reward + " " + k)
            .isCloseTo(slope, within(1e-6 * Math.abs(slope) + 1e-9));
      }
    }
  }

  private double slope(Reward reward, double[] theta, int k) {
    double step = 1e-5;
    double[] moved = theta.clone();
    moved[k] = theta[k] + step;
    double above = value(reward, moved);
    moved[k] = theta[k] - step;
    return (above - value(reward, moved)) / (2 * step);
  }

  private double value(Reward reward, double[] theta) {
    double sum = 0;
    double[] h = new double[DIMENSION];
    for (int i = 0; i < batch.size(); i++) {
      batch.contexts()[i].project(theta, DIMENSION, h);
      double z = 0;
      double rewarded = 0;
      for (int a = 0; a < items.size(); a++) {
        double weight = Math.exp(score(h, a));
        z += weight;
        rewarded += weight * dense[a];
      }
      double held = 0;
      for (int a : batch.held()[i]) {
        held += Math.exp(score(h, a));
      }
      double logged = score(h, batch.logged()[i]);
      sum +=
          switch (reward) {
            case SPARSE -> held / z;
            case LOGGED_ITEM -> Math.exp(logged) / z;
            case DENSE -> rewarded / z;
            case PWLL -> logged - Math.log(z);
          };
    }
    return sum / batch.size();
  }

  private double score(double[] h, int item) {
    double score = 0;
    for (int l = 0; l < DIMENSION; l++) {
      score += h[l] * items.rows()[item * DIMENSION + l];
    }
    return score;
  }
}
