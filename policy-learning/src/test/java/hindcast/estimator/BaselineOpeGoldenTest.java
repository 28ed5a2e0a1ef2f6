package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.numeric.CoMoments;
import hindcast.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden b02: the estimators of the systems that the papers compare against. */
class BaselineOpeGoldenTest {
  /** Stands for a floor of 0: below every weight of the file. */
  private static final String NO_FLOOR = "floor=1e-50";

  private static final Map<String, String> SPECS =
      Map.ofEntries(
          Map.entry("MINVAR_EVENT", "MINVAR_EVENT:" + NO_FLOOR),
          Map.entry("STABLEVAR_EVENT", "STABLEVAR_EVENT:" + NO_FLOOR),
          Map.entry("MINVAR_CONTEXT", "MINVAR_CONTEXT:" + NO_FLOOR),
          Map.entry("STABLEVAR_CONTEXT", "STABLEVAR_CONTEXT:" + NO_FLOOR),
          Map.entry("MINVAR_DR", "MINVAR_DR:" + NO_FLOOR),
          Map.entry("SHRINK_DR", "SHRINK_DR:lambda={lam}"),
          Map.entry("UIPS_DR", "UIPS_DR:lambda={lam},eta1={eta1},eta2={eta2},gamma={gamma}"),
          Map.entry("UIPS_P", "UIPS_P:gamma={gamma}"),
          Map.entry("UIPS_O", "UIPS_O:gamma={gamma}"),
          Map.entry("IPS_UN", "IPS_UN:alpha={alpha}"),
          Map.entry("DICE_S", "DICE_S"),
          Map.entry("POXM_PRUNE", "POXM_PRUNE"),
          Map.entry("POXM_SIS", "POXM_SIS"));

  static Stream<Golden> cases() {
    return Golden.cases("b02_ope");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void estimators(Golden golden) {
    golden.required();
    List<ScoredFeedback> events = events(golden);
    golden.check("/expected/w", events.stream().mapToDouble(ScoredFeedback::weight).toArray());
    golden
        .at("/expected/estimators")
        .fieldNames()
        .forEachRemaining(name -> estimator(golden, name, events));
    merges(golden, events);
    golden.assertExercised();
  }

  private static List<ScoredFeedback> events(Golden golden) {
    double[][] pi = golden.matrix("/inputs/pi_rows");
    double[][] pi0 = golden.matrix("/inputs/pi0_rows");
    double[][] q = golden.matrix("/inputs/q_all");
    double[][] selected = golden.matrix("/inputs/poxm_selected");
    int[] action = golden.integers("/inputs/action");
    int[] state = golden.integers("/inputs/dice_state");
    double[] p = golden.vector("/inputs/p");
    double[] r = golden.vector("/inputs/r");
    double[] u = golden.vector("/inputs/U");
    List<ScoredFeedback> events = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      double qpi = 0;
      double secondMoment = 0;
      double target = 0;
      double logging = 0;
      for (int a = 0; a < pi[i].length; a++) {
        qpi += pi[i][a] * q[i][a];
        secondMoment += pi[i][a] * pi[i][a] / pi0[i][a];
        target += selected[i][a] * pi[i][a];
        logging += selected[i][a] * pi0[i][a];
      }
      events.add(
          ScoredFeedback.of(pi[i][action[i]], p[i], r[i])
              .withRewardModel(q[i][action[i]], qpi)
              .withUncertainty(u[i])
              .withWeightSecondMoment(secondMoment)
              .withSelection(selected[i][action[i]] == 1, target, logging)
              .withKey("s" + state[i], "a" + action[i]));
    }
    return events;
  }

  private static void estimator(Golden golden, String name, List<ScoredFeedback> events) {
    String at = "/expected/estimators/" + name;
    if (name.endsWith("_LITERAL")) {
      literal(golden, at, events);
      return;
    }
    String text = SPECS.get(name);
    assertThat(text).as("estimator " + name).isNotNull();
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> e :
        golden.at(at).properties()) {
      String placeholder = "{" + e.getKey() + "}";
      if (text.contains(placeholder)) {
        text = text.replace(placeholder, e.getValue().asText());
        golden.exercised(at + "/" + e.getKey());
      }
    }
    ValueEstimator estimator = EstimatorSpec.parse(text).create();
    events.forEach(estimator::add);
    golden.check(at + "/value", estimator.estimate().value().getAsDouble());
    if (estimator instanceof MinimumVariance || golden.has(at + "/se")) {
      golden.check(at + "/se", estimator.estimate().standardError().getAsDouble());
    }
    if (estimator instanceof MinimumVariance ratio) {
      golden.check(at + "/h", events.stream().mapToDouble(ratio::eventWeight).toArray());
      sums(golden, at + "/sums", ratio.moments());
    }
    switch (name) {
      case "MINVAR_DR" ->
          golden.check(at + "/whole_score", value("MINVAR_DR_WHOLE:" + NO_FLOOR, events));
      case "IPS_UN" -> {
        double alpha = golden.number(at + "/alpha");
        golden.check(
            at + "/worst_p",
            events.stream()
                .mapToDouble(f -> UncertainIps.largest(f.propensity(), alpha))
                .toArray());
        golden.check(
            at + "/worst_p_negative",
            events.stream()
                .mapToDouble(f -> UncertainIps.smallest(f.propensity(), alpha))
                .toArray());
      }
      case "DICE_S" -> dice(golden, at, (TabularStationaryRatio) estimator, events);
      case "POXM_SIS" -> {
        golden.check(
            at + "/weight",
            events.stream()
                .mapToDouble(f -> f.selected() ? SelectedImportanceSampling.restrictedWeight(f) : 0)
                .toArray());
        golden.checkExactly(
            at + "/selected", events.stream().filter(ScoredFeedback::selected).count());
      }
      default -> {}
    }
  }

  private static void dice(
      Golden golden, String at, TabularStationaryRatio dice, List<ScoredFeedback> events) {
    double[] weight = events.stream().mapToDouble(dice::ratio).toArray();
    golden.check(at + "/weight", weight);
    golden.check(
        at + "/p_hat",
        IntStream.range(0, weight.length)
            .mapToDouble(i -> events.get(i).targetProbability() / weight[i])
            .toArray());
    golden.exercised(at + "/cap");
    golden.check(at + "/value_capped", value("DICE_S:cap=" + golden.number(at + "/cap"), events));
  }

  /** The form of the 2023 submission, normalised over actions, exists here only. */
  private static void literal(Golden golden, String at, List<ScoredFeedback> events) {
    double[][] pi = golden.matrix("/inputs/pi_rows");
    double[][] pi0 = golden.matrix("/inputs/pi0_rows");
    int[] action = golden.integers("/inputs/action");
    boolean stable = at.contains("STABLE");
    double[] phi = new double[action.length];
    double sum = 0;
    for (int i = 0; i < phi.length; i++) {
      double total = 0;
      for (int a = 0; a < pi[i].length; a++) {
        total += h(pi[i][a], pi0[i][a], stable);
      }
      phi[i] = h(pi[i][action[i]], pi0[i][action[i]], stable) / total;
      sum += phi[i] * events.get(i).weight() * events.get(i).reward();
    }
    golden.check(at + "/phi", phi);
    golden.check(at + "/value", sum / phi.length);
  }

  private static double h(double pi, double pi0, boolean stable) {
    return stable ? Math.sqrt(pi0) / pi : pi0 / (pi * pi);
  }

  private static double value(String spec, List<ScoredFeedback> events) {
    ValueEstimator estimator = EstimatorSpec.parse(spec).create();
    events.forEach(estimator::add);
    return estimator.estimate().value().getAsDouble();
  }

  private static void sums(Golden golden, String at, CoMoments m) {
    golden.checkExactly(at + "/n", (double) m.n());
    golden.check(at + "/h", m.sumX());
    golden.check(at + "/hy", m.sumY());
    golden.check(at + "/hh", m.sumXX());
    golden.check(at + "/hhy", m.sumXY());
    golden.check(at + "/hhyy", m.sumYY());
  }

  private static void merges(Golden golden, List<ScoredFeedback> events) {
    String name = "MINVAR_EVENT";
    MinimumVariance all = (MinimumVariance) EstimatorSpec.parse(SPECS.get(name)).create();
    for (int k = 0; k < golden.at("/expected/merge_parts_MINVAR_EVENT").size(); k++) {
      String at = "/expected/merge_parts_MINVAR_EVENT/" + k;
      int[] range = golden.integers(at + "/range");
      golden.exercised(at + "/range");
      MinimumVariance part = (MinimumVariance) EstimatorSpec.parse(SPECS.get(name)).create();
      events.subList(range[0], range[1]).forEach(part::add);
      sums(golden, at + "/sums", part.moments());
      all.merge(part);
    }
    sums(golden, "/expected/estimators/" + name.toUpperCase(Locale.ROOT) + "/sums", all.moments());
  }
}
