package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.Propensity;
import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * With propensities estimated per segment and read before each update, the mean squared error of
 * UIPS is below a tenth of that of IPS on the same estimates.
 */
class UipsQualityTest {
  private static final int RUNS = Quality.size(20, 40);
  private static final int SEGMENTS = 20;
  private static final int ITEMS = 50;
  private static final int EVENTS = 10_000;
  private static final int POSITIVES = 8;

  @Test
  void uncertaintyTamesEstimatedPropensities() {
    List<EstimatorSpec> specs =
        List.of(
            EstimatorSpec.parse("IPS"),
            EstimatorSpec.parse("UIPS:lambda=3000,eta1=1,eta2=100,gamma=0.5"));
    double[] errors =
        IntStream.range(0, RUNS)
            .parallel()
            .mapToObj(run -> squaredErrors(run, specs))
            .reduce(new double[2], (x, y) -> new double[] {x[0] + y[0], x[1] + y[1]});
    MeasuredTable table = new MeasuredTable("uips", "estimator", "mean squared error");
    table.row("IPS on estimated propensities (BIPS)", errors[0] / RUNS);
    table.row("UIPS", errors[1] / RUNS);
    table.write();
    assertThat(errors[1] / RUNS).as("UIPS").isLessThan(errors[0] / RUNS / 10);
  }

  private static double[] squaredErrors(int run, List<EstimatorSpec> specs) {
    SplittableRandom random = new SplittableRandom(300 + run);
    double[][] logging = new double[SEGMENTS][ITEMS];
    DirichletPropensity[] estimates = new DirichletPropensity[SEGMENTS];
    for (int s = 0; s < SEGMENTS; s++) {
      double sum = 0;
      for (int a = 0; a < ITEMS; a++) {
        logging[s][a] = Math.exp(gaussian(random));
        sum += logging[s][a];
      }
      for (int a = 0; a < ITEMS; a++) {
        logging[s][a] /= sum;
      }
      estimates[s] = new DirichletPropensity(Double.POSITIVE_INFINITY, 1);
    }
    double truth = 0;
    for (int a = 0; a < ITEMS; a++) {
      truth += target(a) * mean(a);
    }
    EstimateSet set = EstimateSet.of(specs);
    ScoredFeedback f = new ScoredFeedback();
    for (int n = 0; n < EVENTS; n++) {
      int s = random.nextInt(SEGMENTS);
      int a = 0;
      for (double u = random.nextDouble() - logging[s][0]; u > 0 && a < ITEMS - 1; ) {
        u -= logging[s][++a];
      }
      String item = "a" + a;
      Propensity p = estimates[s].predict(item, 1.0 / ITEMS, 0);
      estimates[s].update(item, 0);
      f.set(target(a), p.value(), random.nextDouble() < mean(a) ? 1 : 0)
          .withUncertainty(p.uncertainty());
      set.add(f);
    }
    double[] errors = new double[specs.size()];
    for (int k = 0; k < errors.length; k++) {
      double value = set.estimates(SupportRule.DEFAULT).get(k).estimate().value().getAsDouble();
      errors[k] = (value - truth) * (value - truth);
    }
    return errors;
  }

  private static double target(int a) {
    return (a < POSITIVES ? 0.9 / POSITIVES : 0) + 0.1 / ITEMS;
  }

  private static double mean(int a) {
    return a < POSITIVES ? 0.9 : 0.05;
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
