package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreQualityTest {
  private static final Random RANDOM = new Random(3);

  @Test
  void exactProbabilitiesHaveNoBias() {
    ScoreQuality quality = new ScoreQuality();
    assertThat(quality.relativeBias()).isZero();
    quality.add(outcome(.5, .1, 1, 0, Double.NaN));
    assertThat(quality.relativeBias()).isZero();
    assertThat(quality.newItemMass()).isEmpty();
  }

  @Test
  void boundsTheShareByWhichTheSumsAreTooLarge() {
    ScoreQuality quality = new ScoreQuality();
    double weight = 0;
    double biasedWeight = 0;
    double reward = 0;
    double biasedReward = 0;
    for (int i = 0; i < 1_000; i++) {
      double pi = RANDOM.nextDouble() / 2;
      double p = .1 + RANDOM.nextDouble() / 2;
      double r = RANDOM.nextDouble();
      double bias = RANDOM.nextDouble() / 100;
      quality.add(outcome(pi * (1 + bias), p, r, bias, Double.NaN));
      weight += pi / p;
      biasedWeight += pi * (1 + bias) / p;
      reward += pi / p * r;
      biasedReward += pi * (1 + bias) / p * r;
    }
    double bound = quality.relativeBias();
    assertThat(biasedReward / reward - 1).isLessThanOrEqualTo(bound * (1 + 1e-9));
    assertThat(biasedWeight / weight - 1).isLessThanOrEqualTo(bound * (1 + 1e-9));
    assertThat(bound).isLessThan(.01);
    double snips = biasedReward / biasedWeight / (reward / weight) - 1;
    assertThat(Math.abs(snips)).isLessThanOrEqualTo(bound);
  }

  @Test
  void partsMergeAndStateReadsBack() throws IOException {
    ScoreQuality whole = new ScoreQuality();
    ScoreQuality left = new ScoreQuality();
    ScoreQuality right = new ScoreQuality();
    for (int i = 0; i < 100; i++) {
      ScoredOutcome outcome = outcome(.5, .25, .5, i / 1000.0, i % 3 == 0 ? .1 : Double.NaN);
      whole.add(outcome);
      (i < 40 ? left : right).add(outcome);
    }
    left.merge(right);
    assertThat(left.relativeBias()).isCloseTo(whole.relativeBias(), within(1e-12));
    assertThat(whole.newItemMass().orElseThrow()).isCloseTo(.1, within(1e-12));

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    whole.write(new DataOutputStream(bytes));
    ScoreQuality read =
        ScoreQuality.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(read.relativeBias()).isEqualTo(whole.relativeBias());
    assertThat(read.newItemMass()).isEqualTo(whole.newItemMass());
  }

  @Test
  void scoresRefuseWhatIsNoProbability() {
    PolicyScores scores = new PolicyScores(1);
    scores.reset(1);
    for (double wrong : new double[] {-1e-9, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> scores.set(0, 0, wrong)).hasMessageContaining("" + wrong);
      assertThatThrownBy(() -> scores.setNewItemMass(0, 0, wrong)).hasMessageContaining("" + wrong);
    }
    assertThatThrownBy(() -> scores.setRelativeBias(0, 0, Double.NaN)).hasMessageContaining("NaN");
    assertThat(scores.isDefined(0)).isFalse();
    scores.set(0, 0, 1 + 1e-9);
    assertThat(scores.probability(0, 0)).isEqualTo(1);
  }

  private static ScoredOutcome outcome(
      double pi, double p, double reward, double bias, double newItemMass) {
    PolicyScores scores = new PolicyScores(1);
    scores.reset(1);
    scores.set(0, 0, pi);
    scores.setRelativeBias(0, 0, bias);
    if (!Double.isNaN(newItemMass)) {
      scores.setNewItemMass(0, 0, newItemMass);
    }
    ScoredOutcome outcome = new ScoredOutcome();
    outcome.set(
        new LoggedFeedback(
            "i",
            0,
            "s",
            Context.dense(new float[] {1}),
            "a",
            0,
            null,
            "logging",
            0,
            reward,
            new Propensity(p, 0, Propensity.Source.LOGGED)),
        scores,
        0,
        0);
    return outcome;
  }
}
