package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DisagreementTest {
  private static final SupportRule ALWAYS = new SupportRule(0, 1);

  private static EstimateSet set(double meanWeight, String... estimators) {
    EstimateSet set = EstimateSet.of(Arrays.stream(estimators).map(EstimatorSpec::parse).toList());
    Random random = new Random(1);
    for (int k = 0; k < 2_000; k++) {
      double weight = random.nextDouble() < .5 ? .5 : 1.5;
      set.add(ScoredFeedback.of(.2 * weight * meanWeight, .2, random.nextDouble()));
    }
    return set;
  }

  @Test
  void isTheSpreadInUnitsOfTheMeanError() {
    List<EstimateSet.Line> lines = set(1, "IPS", "SNIPS").estimates(ALWAYS);
    double a = lines.get(0).estimate().value().orElseThrow();
    double b = lines.get(1).estimate().value().orElseThrow();
    double se = lines.get(0).estimate().standardError().orElseThrow();
    double sf = lines.get(1).estimate().standardError().orElseThrow();
    assertThat(Disagreement.of(lines).orElseThrow())
        .isCloseTo(Math.abs(a - b) / Math.sqrt((se * se + sf * sf) / 2), within(1e-12));
  }

  @Test
  void wrongWeightsSetEstimatorsApart() {
    assertThat(Disagreement.of(set(1, "IPS", "SNIPS").estimates(ALWAYS)).orElseThrow())
        .isLessThan(2);
    assertThat(Disagreement.of(set(.6, "IPS", "SNIPS").estimates(ALWAYS)).orElseThrow())
        .isGreaterThan(10);
    assertThat(set(.6, "IPS").weights().unsupportedMass().orElseThrow()).isCloseTo(.4, within(.05));
  }

  @Test
  void needsTwoEstimatorsOfTheValueWithSupport() {
    assertThat(Disagreement.of(set(1, "IPS").estimates(ALWAYS))).isEmpty();
    assertThat(Disagreement.of(set(1, "IPS", "SNIPS").estimates(new SupportRule(1e6, .05))))
        .isEmpty();
  }
}
