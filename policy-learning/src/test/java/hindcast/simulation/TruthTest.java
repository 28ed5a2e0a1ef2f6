package hindcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.feedback.LoggedFeedback;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTest {
  private static final WorldSettings SMALL =
      new WorldSettings(7, 300, 8, 6, 20, List.of("north", "south"));
  private static final TrafficSettings TRAFFIC = TrafficSettings.of(3, 1000);

  private final SyntheticWorld world = new SyntheticWorld(SMALL);
  private final Truth truth = Truth.of(world, TRAFFIC);

  @Test
  void theDemoWorldHasRoomToLearn() {
    SyntheticWorld demo = new SyntheticWorld(WorldSettings.of(1));
    Truth values = new Truth(demo, 1);
    assertThat(values.ofUniform().value()).isBetween(.04, .055);
    assertThat(values.ofLogging().value()).isBetween(.08, .10);
    assertThat(values.ofBest().value()).isBetween(.45, .53);
  }

  @Test
  void averageRewardOfALongLogIsTheValueOfLogging() {
    JoinedLog log = new JoinedLog(world, TRAFFIC, 0);
    int n = 200_000;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += log.next().reward();
    }
    double value = truth.ofLogging().value();
    assertThat(sum / n).isCloseTo(value, within(4 * Math.sqrt(value * (1 - value) / n)));
  }

  @Test
  void importanceWeightingOfALongLogGivesTheValueOfUniform() {
    JoinedLog log = new JoinedLog(world, TRAFFIC, 0);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      LoggedFeedback feedback = log.next();
      double y = feedback.reward() / 300 / feedback.propensity().value();
      assertThat(y).isLessThanOrEqualTo(5);
      sum += y;
      squares += y * y;
    }
    double error = Math.sqrt((squares / n - sum / n * sum / n) / n);
    assertThat(sum / n).isCloseTo(truth.ofUniform().value(), within(4 * error));
  }

  @Test
  void formsAreWorthWhatTheirProbabilitiesSay() {
    SeededRandom random = new SeededRandom(5, "test");
    double[] theta = new double[6 * 8];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = 3 * random.nextGaussian();
    }
    PolicyParameters parameters = new PolicyParameters(6, 8, theta);
    SoftmaxPolicy policy = new SoftmaxPolicy(parameters, world.catalogue());
    List<PolicyForm> forms = List.of(PolicyForm.SOFTMAX, PolicyForm.GREEDY, PolicyForm.SHARPENED);
    List<TrueValue> values = truth.of(parameters, forms);
    for (int f = 0; f < forms.size(); f++) {
      PolicyForm[] form = {forms.get(f)};
      TrueValue summed =
          truth.of(
              (m, probabilities) -> {
                for (int a = 0; a < probabilities.length; a++) {
                  probabilities[a] = policy.formProbabilities(world.context(m), a, null, form)[0];
                }
              });
      assertThat(values.get(f).value()).isCloseTo(summed.value(), within(1e-12));
      assertThat(values.get(f).value()).isLessThan(truth.ofBest().value());
    }
  }

  @Test
  void zeroParametersAreTheUniformPolicy() {
    TrueValue value = truth.of(PolicyParameters.zero(6, 8), PolicyForm.SOFTMAX);
    assertThat(value.value()).isCloseTo(truth.ofUniform().value(), within(1e-12));
    TrueValue table = truth.ofTable((segment, item) -> 1.0 / 300);
    assertThat(table.value()).isCloseTo(truth.ofUniform().value(), within(1e-12));
  }

  @Test
  void segmentsAverageToTheWhole() {
    TrueValue value = truth.ofLogging();
    assertThat((value.bySegment().get("north") + value.bySegment().get("south")) / 2)
        .isCloseTo(value.value(), within(1e-12));
  }

  @Test
  void lateRewardsLowerEveryValueAlike() {
    Truth all = new Truth(world, 1);
    assertThat(truth.ofLogging().value()).isCloseTo(.99 * all.ofLogging().value(), within(1e-12));
    assertThat(truth.ofBest().value()).isCloseTo(.99 * all.ofBest().value(), within(1e-12));
    assertThatThrownBy(() -> new Truth(world, 0)).hasMessageContaining("must be in (0, 1]: 0.0");
  }
}
