package hindcast.bench;

import hindcast.gradient.PartitionForm;
import hindcast.local.LocalStartException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An estimator that takes part in a comparison.
 *
 * @param estimator EXACT, REINFORCE, UNIFORM, MIXTURE, TOPK_TAIL, PARTITION or AUTO
 * @param variant what tells it from others of the same estimator; empty for the usual one
 * @param gradient its name in the library
 * @param parameters its parameters
 * @param asPublished whether rewards are sums over its draws alone
 * @param draws whether two runs differ
 */
record Contender(
    String estimator,
    String variant,
    String gradient,
    Map<String, Double> parameters,
    boolean asPublished,
    boolean draws) {

  /** Every estimator of the comparison, slowest first. */
  static final List<Contender> ALL =
      List.of(
          new Contender("EXACT", "", "exact", Map.of(), false, false),
          new Contender("REINFORCE", "", "reinforce", Map.of("samples", 1000.0), true, true),
          new Contender("UNIFORM", "", "uniform", Map.of("samples", 1000.0), true, true),
          new Contender("MIXTURE", "as published", "mixture", paper(Map.of()), true, true),
          new Contender(
              "MIXTURE",
              "exact support",
              "mixture",
              paper(Map.of("logged", 1.0, "support", 1.0)),
              false,
              true),
          new Contender("TOPK_TAIL", "", "top-k-tail", Map.of(), false, true),
          partition("", PartitionForm.STANDARD),
          partition("fast", PartitionForm.FAST),
          partition("careful", PartitionForm.CAREFUL),
          new Contender("AUTO", "", "auto", Map.of(), false, true));

  /** The contenders of some estimators, in the usual order. */
  static List<Contender> of(List<String> estimators) {
    if (estimators.isEmpty()) {
      return ALL;
    }
    List<String> known = ALL.stream().map(Contender::estimator).distinct().toList();
    List<String> wanted =
        estimators.stream().map(name -> name.strip().toUpperCase(Locale.ROOT)).toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new LocalStartException("--estimators must be among " + known + ": " + name);
      }
    }
    List<Contender> chosen = new ArrayList<>(ALL);
    chosen.removeIf(contender -> !wanted.contains(contender.estimator()));
    return chosen;
  }

  /** The name in tables. */
  String label() {
    return variant.isEmpty() ? estimator : estimator + " " + variant;
  }

  private static Contender partition(String variant, PartitionForm form) {
    return new Contender(
        "PARTITION",
        variant,
        "partition",
        Map.of("budget", (double) form.budget(), "draws", (double) form.draws()),
        false,
        true);
  }

  private static Map<String, Double> paper(Map<String, Double> more) {
    Map<String, Double> parameters = new java.util.TreeMap<>(more);
    parameters.putAll(Map.of("topK", 256.0, "samples", 1000.0, "epsilon", 0.8, "index", 1.0));
    return parameters;
  }

  /** Names that {@link #of} takes. */
  static String names() {
    return String.join(
        ", ",
        Arrays.asList(ALL.stream().map(Contender::estimator).distinct().toArray(String[]::new)));
  }
}
