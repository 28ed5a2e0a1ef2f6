package hindcast.local.screen;

import hindcast.audit.FindingKind;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Truths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The policies as a table: one line for each policy and estimator, the policy's name and true value
 * on its first line. Where support is too little, or the log contradicts itself, the table says so
 * instead of showing an interval.
 */
public final class PolicyTable {

  private static final String UNRELIABLE = "unreliable";
  private static final String TOO_LITTLE = "too little support";
  private static final List<String> FIRST = List.of("logging", "uniform");

  private PolicyTable() {}

  /**
   * Lines of the table, the heading first.
   *
   * @param estimators names of the estimators to show; all if empty
   */
  public static List<String> lines(
      ResultBoard results, Truths truths, Collection<String> estimators) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "policy",
            "ver",
            "estimator",
            "value",
            "95 % interval",
            "true",
            "ESS",
            "max w",
            "mean w",
            "n"));
    byPolicy(results, estimators)
        .forEach((policy, rows) -> add(lines, policy, rows, results, truths));
    if (lines.size() == 1) {
      lines.add("(the first estimates come when the first reward windows have closed)");
    }
    return lines;
  }

  /** One line for each learned policy: version, step and hash of its newest checkpoint. */
  public static List<String> checkpoints(ResultBoard results) {
    Map<String, PolicyCheckpoint> newest = new TreeMap<>();
    results.checkpoints().forEach(checkpoint -> newest.put(checkpoint.getPolicyId(), checkpoint));
    return newest.values().stream()
        .map(
            checkpoint ->
                String.format(
                    Locale.ROOT,
                    "%-18s version %,d at step %,d (%s), sha256 %s",
                    checkpoint.getPolicyId(),
                    checkpoint.getVersion(),
                    checkpoint.getStep(),
                    checkpoint.getObjective(),
                    checkpoint
                        .getSha256()
                        .substring(0, Math.min(12, checkpoint.getSha256().length()))))
        .toList();
  }

  /**
   * What is to be said of the log and of the probabilities behind the values; empty where the log
   * is sound and all are exact.
   */
  public static List<String> remarks(ResultBoard results) {
    double bias = 0;
    double mass = 0;
    for (ValueEstimate estimate : results.headlines()) {
      bias = Math.max(bias, estimate.getProbabilityBias());
      mass = Math.max(mass, estimate.getNewItemMass() == null ? 0 : estimate.getNewItemMass());
    }
    List<String> remarks = new ArrayList<>(unreliable(results));
    remarks.addAll(GridLines.of(results));
    if (bias > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "probabilities are estimated from a part of the catalogue: relative bias of the values"
                  + " at most %.1e",
              bias));
    }
    if (mass > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "up to %.1f %% of a policy is on items newer than its log, which no estimate can judge",
              100 * mass));
    }
    return remarks;
  }

  private static List<String> unreliable(ResultBoard results) {
    return results.headlines().stream()
        .flatMap(estimate -> estimate.getUnreliable().stream())
        .distinct()
        .sorted()
        .map(name -> "UNRELIABLE  " + name + ": " + FindingKind.valueOf(name).meaning())
        .toList();
  }

  private static void add(
      List<String> lines,
      String policy,
      List<ValueEstimate> rows,
      ResultBoard results,
      Truths truths) {
    OptionalDouble truth = truths.of(policy, ResultBoard.WHOLE_LINE, ResultBoard.ALL_SEGMENTS);
    String shownTruth = truth.isPresent() ? Numbers.value(truth.getAsDouble()) : "";
    Optional<PolicyCheckpoint> checkpoint = results.newest(lineOf(policy));
    String version = checkpoint.map(newest -> String.valueOf(newest.getVersion())).orElse("");
    boolean first = true;
    for (ValueEstimate row : rows) {
      lines.add(
          line(
              first ? policy : "",
              first ? version : "",
              estimator(row),
              Numbers.value(row.getValue()),
              interval(row),
              first ? shownTruth : "",
              Numbers.rough(row.getEffectiveSampleSize()),
              Numbers.rough(row.getLargestWeight()),
              Numbers.rough(row.getMeanWeight()),
              Numbers.count(row.getN())));
      first = false;
    }
  }

  private static String interval(ValueEstimate row) {
    if (!row.getUnreliable().isEmpty()) {
      return UNRELIABLE;
    }
    return row.getSupported() ? Numbers.interval(row.getLower(), row.getUpper()) : TOO_LITTLE;
  }

  /** The learned line a form belongs to: {@code clpi} for {@code clpi/greedy}. */
  private static String lineOf(String policy) {
    int slash = policy.indexOf('/');
    return slash < 0 ? policy : policy.substring(0, slash);
  }

  private static String estimator(ValueEstimate estimate) {
    Map<String, Double> parameters = new TreeMap<>(estimate.getParameters());
    StringBuilder name = new StringBuilder(estimate.getEstimator().replace("CIPS_CAP", "CIPS"));
    parameters
        .values()
        .forEach(value -> name.append(' ').append(Numbers.rough(value).replace(".0", "")));
    return name.toString();
  }

  private static Map<String, List<ValueEstimate>> byPolicy(
      ResultBoard results, Collection<String> estimators) {
    Comparator<String> order =
        Comparator.<String>comparingInt(
                policy -> FIRST.contains(policy) ? FIRST.indexOf(policy) : FIRST.size())
            .thenComparing(Comparator.naturalOrder());
    Map<String, List<ValueEstimate>> groups = new TreeMap<>(order);
    for (ValueEstimate estimate : results.headlines()) {
      if (estimators.isEmpty() || estimators.contains(estimate.getEstimator())) {
        groups.computeIfAbsent(estimate.getPolicy(), policy -> new ArrayList<>()).add(estimate);
      }
    }
    return new LinkedHashMap<>(groups);
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-18s %4s %-9s %9s %-20s %9s %9s %8s %6s %9s", cells)
        .stripTrailing();
  }
}
