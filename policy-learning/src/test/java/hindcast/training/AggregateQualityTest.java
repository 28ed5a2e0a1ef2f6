package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.objective.Objective;
import hindcast.testing.Quality;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The benchmark of the aggregate criterion: one context, K = 10 arms with rewards .05 + .55
 * Beta(2,2), π₀(a) ∝ e^{−6a/K}, 300 logged events, a softmax over free logits started at log π₀,
 * Adam at .05. In how many runs does the learned policy beat the logging policy by 10 %? Prints
 * mean, median, P(below the logging policy) and P(uplift of 5, 10, 20 %) of V(π) / V(π₀).
 */
class AggregateQualityTest {
  private static final int N = ArmsLog.N;
  private static final int RUNS = Quality.size(80, 200);
  private static final int STEPS = Quality.size(500, 1000);

  private static final List<String> BRIEF = List.of("IPS", "LS", "P(uplift >= 10 %)");
  private static final List<String> ALL =
      List.of(
          "IPS",
          "LS",
          "log, delta",
          "log, floor .5 of the total",
          "P(uplift >= 5 %)",
          "P(uplift >= 10 %)",
          "P(uplift >= 20 %)",
          "P(uplift >= 10 %), fixed N",
          "P(uplift >= 10 %), paired");

  @Test
  void thresholdCriterionBeatsSmoothingBeatsIps() {
    Map<String, double[]> uplifts = run(Quality.full() ? ALL : BRIEF, run -> run);
    double threshold = share(uplifts.get("P(uplift >= 10 %)"), 1.1);
    double smoothing = share(uplifts.get("LS"), 1.1);
    double ips = share(uplifts.get("IPS"), 1.1);
    assertThat(threshold).as("LS %s, IPS %s", smoothing, ips).isGreaterThan(smoothing);
    assertThat(smoothing).isGreaterThan(ips);
    assertThat(threshold).isGreaterThan(.8);
  }

  /** Runs that differ only in their log, for several sets of arms taken together. */
  @Test
  void sameOrderWithFixedArms() {
    double threshold = 0;
    double smoothing = 0;
    double ips = 0;
    for (int arms = 0; arms < Quality.size(1, 4); arms++) {
      int fixed = arms;
      Map<String, double[]> uplifts = run(BRIEF, run -> fixed);
      threshold += share(uplifts.get("P(uplift >= 10 %)"), 1.1);
      smoothing += share(uplifts.get("LS"), 1.1);
      ips += share(uplifts.get("IPS"), 1.1);
    }
    assertThat(threshold).isGreaterThanOrEqualTo(smoothing);
    assertThat(smoothing).isGreaterThan(ips);
  }

  private static Map<String, double[]> run(List<String> methods, IntUnaryOperator armsOf) {
    Map<String, double[]> uplifts = new LinkedHashMap<>();
    methods.forEach(method -> uplifts.put(method, new double[RUNS]));
    for (int run = 0; run < RUNS; run++) {
      ArmsLog log = new ArmsLog(armsOf.applyAsInt(run), run);
      for (String method : methods) {
        uplifts.get(method)[run] = log.uplift(objective(method, log.total()), STEPS);
      }
    }
    uplifts.forEach(AggregateQualityTest::print);
    return uplifts;
  }

  private static Objective objective(String method, double total) {
    return switch (method) {
      case "IPS" -> Objective.of("IPS", Map.of());
      case "LS" -> Objective.of("LS", Map.of("lam", 1 / Math.sqrt(N)));
      case "log, delta" -> Objective.of("AGG_LOG_DELTA", Map.of());
      case "log, floor .5 of the total" -> Objective.of("AGG_LOG_QUAD", Map.of("c", .5 * total));
      case "P(uplift >= 5 %)" -> Objective.of("AGG_LOG_THRESHOLD", Map.of("b", 1.05 * total));
      case "P(uplift >= 10 %)" -> Objective.of("AGG_LOG_THRESHOLD", Map.of("b", 1.1 * total));
      case "P(uplift >= 20 %)" -> Objective.of("AGG_LOG_THRESHOLD", Map.of("b", 1.2 * total));
      case "P(uplift >= 10 %), fixed N" ->
          Objective.of("AGG_LOG_THRESHOLD", Map.of("b", 1.1 * total, "fixed", 1.0));
      case "P(uplift >= 10 %), paired" -> Objective.of("AGG_LOG_THRESHOLD", Map.of("cbase", 1.1));
      default -> throw new IllegalArgumentException(method);
    };
  }

  private static double share(double[] uplifts, double bar) {
    return Arrays.stream(uplifts).filter(u -> u >= bar).count() / (double) uplifts.length;
  }

  private static void print(String method, double[] uplifts) {
    double[] sorted = uplifts.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
        method,
        Arrays.stream(sorted).average().orElseThrow(),
        (sorted[(RUNS - 1) / 2] + sorted[RUNS / 2]) / 2,
        1 - share(sorted, 1),
        share(sorted, 1.05),
        share(sorted, 1.1),
        share(sorted, 1.2));
  }
}
