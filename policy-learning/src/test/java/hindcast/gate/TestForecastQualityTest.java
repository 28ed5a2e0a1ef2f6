package hindcast.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Does an A/B test succeed as often as forecast? Three actions logged at .5, .3, .2 under a policy
 * that plays them at .1, .3, .6; the true difference is drawn from a normal prior with mean 0; the
 * log, then the test's two arms, are drawn anew for each. Uplift bars of -15 to 15 %, significance
 * .05 or .5, shares .2 or .5 and 4,000 to 40,000 events mix, so that forecasts fall in all five
 * bands of width .2.
 *
 * <p>In each band the rate of success is within 6 points of the mean forecast (12 points in the
 * short form, whose bands hold 100 tests or more; 1,000 in the full one), for Bernoulli rewards and
 * for rewards with a Pareto tail of index 1.5 cut at 100 times their minimum; with a prior three
 * standard errors wide and none told, and with a narrow prior that is told. With a narrow prior
 * that is not told, and the bar at 0, it is not calibrated.
 */
class TestForecastQualityTest {
  private static final int BANDS = 5;
  private static final int TESTS = Quality.size(1_500, 20_000);
  private static final int LEAST_IN_BAND = Quality.size(100, 1_000);
  private static final double TOLERANCE = Quality.full() ? .06 : .12;
  private static final double[] LOGGING = {.5, .3, .2};
  private static final double[] TARGET = {.1, .3, .6};
  private static final double[] DIRECTION = {-1, 0, 1};
  private static final double RATE = .2;
  private static final MeasuredTable TABLE =
      new MeasuredTable(
          "ab-test-calibration", "setting", "band", "tests", "mean forecast", "success rate");

  private enum Rewards {
    BERNOULLI(5_000, 1) {
      @Override
      double size(SplittableRandom random) {
        return 1;
      }
    },
    PARETO(20_000, .01 + (.01 - Math.pow(.01, 1.5)) / .5) {
      @Override
      double size(SplittableRandom random) {
        return Math.min(1, .01 * Math.pow(1 - random.nextDouble(), -1 / 1.5));
      }
    };

    private final int logged;
    private final double meanSize;

    Rewards(int logged, double meanSize) {
      this.logged = logged;
      this.meanSize = meanSize;
    }

    abstract double size(SplittableRandom random);

    double draw(SplittableRandom random, double[] policy, double contrast, double[] weight) {
      double u = random.nextDouble();
      int a = u < policy[0] ? 0 : u < policy[0] + policy[1] ? 1 : 2;
      weight[0] = TARGET[a] / LOGGING[a];
      boolean rewarded = random.nextDouble() < RATE + contrast * DIRECTION[a];
      return rewarded ? size(random) : 0;
    }

    /** Contrast of the actions' rates that makes the difference. */
    double contrast(double difference) {
      double perContrast = 0;
      for (int a = 0; a < 3; a++) {
        perContrast += (TARGET[a] - LOGGING[a]) * DIRECTION[a];
      }
      return difference / meanSize / perContrast;
    }
  }

  @Test
  void bernoulliRewardsUnderAWidePrior() {
    requireCalibrated("Bernoulli, prior 3 se, none told", Rewards.BERNOULLI, 3, false);
  }

  @Test
  void heavyTailsUnderAWidePrior() {
    requireCalibrated("Pareto, prior 3 se, none told", Rewards.PARETO, 3, false);
  }

  @Test
  void bernoulliRewardsUnderANarrowPriorThatIsTold() {
    requireCalibrated("Bernoulli, prior 0.5 se, told", Rewards.BERNOULLI, .5, true);
  }

  @Test
  void heavyTailsUnderANarrowPriorThatIsTold() {
    requireCalibrated("Pareto, prior 0.5 se, told", Rewards.PARETO, .5, true);
  }

  @Test
  void aNarrowPriorThatIsNotToldIsNotCalibrated() {
    double worst =
        worst(bands("Bernoulli, prior 0.5 se, none told", Rewards.BERNOULLI, .5, false, 0));
    assertThat(worst).isGreaterThan(.06);
  }

  @AfterAll
  static void write() {
    TABLE.write();
  }

  private static void requireCalibrated(
      String name, Rewards rewards, double priorErrors, boolean told) {
    double[][] bands = bands(name, rewards, priorErrors, told, .15);
    for (double[] band : bands) {
      assertThat(band[0]).as("%s: tests in a band", name).isGreaterThanOrEqualTo(LEAST_IN_BAND);
    }
    assertThat(worst(bands)).as(name).isLessThanOrEqualTo(TOLERANCE);
  }

  private static double worst(double[][] bands) {
    double worst = 0;
    for (double[] band : bands) {
      worst = Math.max(worst, Math.abs(band[1] - band[2]));
    }
    return worst;
  }

  /** For each band: tests, mean forecast, rate of success. */
  private static double[][] bands(
      String name, Rewards rewards, double errors, boolean told, double bars) {
    double prior = errors * standardError(rewards);
    double[][] outcomes =
        IntStream.range(0, TESTS)
            .parallel()
            .mapToObj(run -> simulate(rewards, prior, told, bars, run))
            .toArray(double[][]::new);
    double[][] bands = new double[BANDS][3];
    for (double[] outcome : outcomes) {
      double[] band = bands[Math.min(BANDS - 1, (int) (outcome[0] * BANDS))];
      band[0]++;
      band[1] += outcome[0];
      band[2] += outcome[1];
    }
    for (int b = 0; b < BANDS; b++) {
      bands[b][1] /= Math.max(1, bands[b][0]);
      bands[b][2] /= Math.max(1, bands[b][0]);
      TABLE.row(name, b + 1, (long) bands[b][0], bands[b][1], bands[b][2]);
    }
    return bands;
  }

  private static double standardError(Rewards rewards) {
    TestEvidence evidence = new TestEvidence();
    log(rewards, 0, 100 * rewards.logged, new SplittableRandom(-1), evidence);
    return evidence.differenceError() * 10;
  }

  private static void log(
      Rewards rewards,
      double contrast,
      int events,
      SplittableRandom random,
      TestEvidence evidence) {
    double[] weight = new double[1];
    for (int i = 0; i < events; i++) {
      double reward = rewards.draw(random, LOGGING, contrast, weight);
      evidence.add(weight[0], reward);
    }
  }

  /** Forecast and whether the test succeeded. */
  private static double[] simulate(
      Rewards rewards, double priorSd, boolean told, double bars, int run) {
    SplittableRandom random = new SplittableRandom(7_919L * run + rewards.logged);
    double contrast = rewards.contrast(priorSd * random.nextGaussian());
    TestEvidence evidence = new TestEvidence();
    log(rewards, contrast, rewards.logged, random, evidence);
    PlannedTest test =
        new PlannedTest(
            4_000 * Math.pow(10, random.nextDouble()),
            random.nextBoolean() ? .5 : .2,
            bars * (2 * random.nextDouble() - 1),
            random.nextBoolean() ? .5 : .05);
    DifferencePrior prior = told ? new DifferencePrior(0, priorSd) : DifferencePrior.FLAT;
    double forecast = evidence.forecast(test, prior).orElseThrow().successProbability();
    return new double[] {forecast, succeeds(rewards, contrast, test, random) ? 1 : 0};
  }

  private static boolean succeeds(
      Rewards rewards, double contrast, PlannedTest test, SplittableRandom random) {
    double[] policy = arm(rewards, contrast, TARGET, (int) (test.share() * test.events()), random);
    double[] logging =
        arm(rewards, contrast, LOGGING, (int) ((1 - test.share()) * test.events()), random);
    double measured = policy[0] - (1 + test.uplift()) * logging[0];
    return measured > test.threshold() * Math.sqrt(test.variance(policy[1], logging[1]));
  }

  /** Mean and variance of the reward in an arm. */
  private static double[] arm(
      Rewards rewards, double contrast, double[] policy, int events, SplittableRandom random) {
    double sum = 0;
    double squares = 0;
    double[] weight = new double[1];
    for (int i = 0; i < events; i++) {
      double reward = rewards.draw(random, policy, contrast, weight);
      sum += reward;
      squares += reward * reward;
    }
    double mean = sum / events;
    return new double[] {mean, squares / events - mean * mean};
  }
}
