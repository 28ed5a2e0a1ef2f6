package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.interval.EmpiricalBernstein;
import hindcast.interval.ImplicitExplorationBound;
import hindcast.interval.Interval;
import hindcast.interval.LogarithmicSmoothingBound;
import hindcast.numeric.CoMoments;
import hindcast.testing.Golden;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 02: point estimates, variances, intervals, sums, bounds and merges. */
class OpeGoldenTest {
  private static final Map<String, String> PARAMETER_NAMES =
      Map.of("M", "cap", "tau", "floor", "lam", "lambda");

  static Stream<Golden> cases() {
    return Golden.cases("02_ope");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void estimatorsAndBounds(Golden golden) {
    golden.required();
    List<ScoredFeedback> events = events(golden);
    golden.check("/expected/w", events.stream().mapToDouble(ScoredFeedback::weight).toArray());
    golden.check("/expected/uips_phi", phi(golden, events));
    for (Iterator<String> names = golden.at("/expected/estimators").fieldNames();
        names.hasNext(); ) {
      meanType(golden, names.next(), events);
    }
    ratios(golden, events);
    bounds(golden, events);
    merges(golden, events);
    golden.assertExercised();
  }

  private static List<ScoredFeedback> events(Golden golden) {
    double[] p = golden.vector("/inputs/p");
    double[] pi = golden.vector("/inputs/pi");
    double[] r = golden.vector("/inputs/r");
    double[] q = golden.vector("/inputs/q");
    double[] qpi = golden.vector("/inputs/qpi");
    double[] u = golden.vector("/inputs/U");
    List<ScoredFeedback> events = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      events.add(
          ScoredFeedback.of(pi[i], p[i], r[i]).withRewardModel(q[i], qpi[i]).withUncertainty(u[i]));
    }
    return events;
  }

  private static double[] phi(Golden golden, List<ScoredFeedback> events) {
    var weight = Uips.weight(spec(golden, "UIPS"));
    return events.stream().mapToDouble(f -> weight.phi(f.weight(), f.uncertainty())).toArray();
  }

  private static EstimatorSpec spec(Golden golden, String name) {
    Map<String, Double> parameters = new TreeMap<>();
    String at =
        name.startsWith("UIPS") ? "/inputs/uips" : "/expected/estimators/" + name + "/params";
    golden
        .at(at)
        .properties()
        .forEach(
            e -> {
              String key = PARAMETER_NAMES.getOrDefault(e.getKey(), e.getKey());
              parameters.put(
                  name.equals("SWITCH_DR") && key.equals("floor") ? "threshold" : key,
                  e.getValue().asDouble());
            });
    return new EstimatorSpec(EstimatorMethod.of(name), parameters);
  }

  private static void meanType(Golden golden, String name, List<ScoredFeedback> events) {
    String at = "/expected/estimators/" + name;
    EstimatorSpec spec = spec(golden, name);
    golden.exercised(at + "/params");
    ValueEstimator estimator = spec.create();
    events.forEach(estimator::add);
    PointEstimate estimate = estimator.estimate();
    double se = estimate.standardError().getAsDouble();
    golden.check(at + "/mean", estimate.value().getAsDouble());
    golden.check(at + "/se", se);
    golden.check(at + "/var", se * se * events.size());
    interval(golden, at + "/ci95", estimate.interval().orElseThrow());
    golden.check(
        at + "/per_event",
        events.stream()
            .mapToDouble(
                f ->
                    estimator instanceof MeanEstimator mean
                        ? mean.term(f)
                        : f.weight() * f.reward())
            .toArray());
  }

  private static void interval(Golden golden, String at, Interval interval) {
    golden.check(at, new double[] {interval.lower(), interval.upper()});
  }

  private static PointEstimate estimate(String spec, List<ScoredFeedback> events) {
    ValueEstimator estimator = EstimatorSpec.parse(spec).create();
    events.forEach(estimator::add);
    return estimator.estimate();
  }

  private static void ratios(Golden golden, List<ScoredFeedback> events) {
    WeightMoments weights = new WeightMoments();
    events.forEach(f -> weights.add(f.weight(), f.reward()));
    sums(golden, "/expected/sums", weights);
    String at = "/expected/from_sums";
    CoMoments m = weights.moments();
    PointEstimate ips = estimate("IPS", events);
    PointEstimate snips = estimate("SNIPS", events);
    PointEstimate cv = estimate("IPS_CV", events);
    golden.check(at + "/ips", ips.value().getAsDouble());
    golden.check(at + "/ips_se", ips.standardError().getAsDouble());
    golden.check(at + "/ips_var", m.myy() / (m.n() - 1));
    golden.check(at + "/snips", snips.value().getAsDouble());
    golden.check(at + "/snips_se", snips.standardError().getAsDouble());
    interval(golden, at + "/snips_ci", snips.interval().orElseThrow());
    golden.check(at + "/ess", weights.effectiveSampleSize());
    golden.check(at + "/ess_ratio", weights.effectiveSampleSize() / weights.n());
    golden.check(at + "/w_mean", m.meanX());
    golden.check(at + "/w_var", m.mxx() / (m.n() - 1));
    golden.check(at + "/w_check_z", weights.weightCheck());
    golden.check(at + "/cv_coef", ControlVariateIps.coefficient(m));
    golden.check(at + "/ips_cv", cv.value().getAsDouble());
    golden.check(at + "/ips_cv_se", cv.standardError().getAsDouble());
    PointEstimate sndr = estimate("SNDR", events);
    golden.check("/expected/sndr/value", sndr.value().getAsDouble());
    golden.check("/expected/sndr/se", sndr.standardError().getAsDouble());
    interval(golden, "/expected/sndr/ci95", sndr.interval().orElseThrow());
    double wmin = golden.number("/expected/cressie_read/wmin");
    double wmax = golden.number("/expected/cressie_read/wmax");
    CressieRead cr =
        new CressieRead(
            EstimatorSpec.parse("CRESSIE_READ:wmin=" + wmin + ",wmax=" + wmax), weights);
    golden.exercised("/expected/cressie_read/wmin");
    golden.exercised("/expected/cressie_read/wmax");
    golden.check("/expected/cressie_read/partial_value", cr.partialValue(m));
    golden.check("/expected/cressie_read/missing_mass", cr.missingMass(m));
    double meanReward = weights.sumReward() / weights.n();
    assertThat(cr.estimate().value().getAsDouble())
        .isEqualTo(cr.partialValue(m) + Math.max(0, cr.missingMass(m)) * meanReward);
  }

  private static void sums(Golden golden, String at, WeightMoments weights) {
    CoMoments m = weights.moments();
    golden.checkExactly(at + "/n", (double) weights.n());
    golden.check(at + "/w", m.sumX());
    golden.check(at + "/wr", m.sumY());
    golden.check(at + "/ww", m.sumXX());
    golden.check(at + "/wwr", m.sumXY());
    golden.check(at + "/wwrr", m.sumYY());
    golden.check(at + "/wmax", weights.largestWeight());
  }

  private static void bounds(Golden golden, List<ScoredFeedback> events) {
    String at = "/expected/maurer_pontil_cips_cap";
    double cap = golden.number(at + "/M");
    CappedIps capped = (CappedIps) EstimatorSpec.parse("CIPS_CAP:cap=" + cap).create();
    events.forEach(capped::add);
    golden.check(
        at + "/halfwidth",
        EmpiricalBernstein.of(capped.terms(), cap, golden.number(at + "/alpha")).width() / 2);
    LogarithmicSmoothingBound ls =
        new LogarithmicSmoothingBound(
            golden.number("/expected/ls_lower/lam"), golden.number("/expected/ls_lower/delta"));
    ImplicitExplorationBound ix =
        new ImplicitExplorationBound(
            golden.number("/expected/ix_lower/gamma"), golden.number("/expected/ix_lower/delta"));
    for (ScoredFeedback f : events) {
      ls.add(f.weight(), f.reward());
      ix.add(f.targetProbability(), f.propensity(), f.reward());
    }
    golden.check("/expected/ls_lower/value", ls.lower());
    golden.check("/expected/ix_lower/value", ix.lower());
    for (String given :
        List.of(
            at + "/M",
            at + "/alpha",
            "/expected/ls_lower/lam",
            "/expected/ls_lower/delta",
            "/expected/ix_lower/gamma",
            "/expected/ix_lower/delta")) {
      golden.exercised(given);
    }
  }

  private static void merges(Golden golden, List<ScoredFeedback> events) {
    DoublyRobust all = (DoublyRobust) EstimatorSpec.parse("DR").create();
    WeightMoments allWeights = new WeightMoments();
    for (int k = 0; k < golden.at("/merge_parts_DR").size(); k++) {
      String at = "/merge_parts_DR/" + k;
      int[] range = golden.integers(at + "/range");
      golden.exercised(at + "/range");
      DoublyRobust part = (DoublyRobust) EstimatorSpec.parse("DR").create();
      WeightMoments weights = new WeightMoments();
      for (ScoredFeedback f : events.subList(range[0], range[1])) {
        part.add(f);
        weights.add(f.weight(), f.reward());
      }
      golden.checkExactly(at + "/n", part.terms().n());
      golden.check(at + "/mean", part.terms().mean());
      golden.check(at + "/m2", part.terms().m2());
      sums(golden, at + "/sums", weights);
      all.merge(part);
      allWeights.merge(weights);
    }
    golden.check("/expected/estimators/DR/mean", all.estimate().value().getAsDouble());
    golden.check("/expected/estimators/DR/se", all.estimate().standardError().getAsDouble());
    sums(golden, "/expected/sums", allWeights);
  }
}
