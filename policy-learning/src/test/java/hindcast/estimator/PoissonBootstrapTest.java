package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.testing.States;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoissonBootstrapTest {
  private static final EstimatorSpec IPS = EstimatorSpec.parse("IPS");

  @Test
  void standardErrorAgreesWithTheFormula() {
    List<ScoredFeedback> events = Events.random(4, 2000);
    PoissonBootstrap bootstrap = new PoissonBootstrap(IPS, 400, 1);
    ValueEstimator ips = IPS.create();
    for (int k = 0; k < events.size(); k++) {
      bootstrap.add(events.get(k), "i" + k);
      ips.add(events.get(k));
    }
    double se = ips.estimate().standardError().getAsDouble();
    assertThat(bootstrap.standardError().getAsDouble()).isCloseTo(se, within(0.15 * se));
    assertThat(
            bootstrap.interval(0.95).orElseThrow().contains(ips.estimate().value().getAsDouble()))
        .isTrue();
  }

  @Test
  void mergesReplaysAndContinues() {
    List<ScoredFeedback> events = Events.random(5, 200);
    PoissonBootstrap whole = new PoissonBootstrap(IPS, 50, 9);
    PoissonBootstrap left = new PoissonBootstrap(IPS, 50, 9);
    PoissonBootstrap right = new PoissonBootstrap(IPS, 50, 9);
    PoissonBootstrap half = new PoissonBootstrap(IPS, 50, 9);
    for (int k = 0; k < events.size(); k++) {
      whole.add(events.get(k), "i" + k);
      (k % 2 == 0 ? left : right).add(events.get(k), "i" + k);
      if (k == 100) {
        PoissonBootstrap restored = new PoissonBootstrap(IPS, 50, 9);
        States.restore(half::write, restored::read);
        half = restored;
      }
      half.add(events.get(k), "i" + k);
    }
    left.merge(right);
    assertThat(left.standardError().getAsDouble())
        .isCloseTo(whole.standardError().getAsDouble(), within(1e-12));
    assertThat(States.bytes(half::write)).isEqualTo(States.bytes(whole::write));
    assertThat(new PoissonBootstrap(IPS, 20, 0).standardError()).isEmpty();
  }
}
