package hindcast.local.words;

import hindcast.avro.AuditFinding;
import hindcast.avro.Severity;
import hindcast.local.results.RunSummary;
import hindcast.local.screen.Numbers;
import hindcast.local.screen.PolicyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the numbers of a run can be believed: what the audit found, whether every record is
 * accounted for, whether the log supports intervals, whether importance weights average 1, whether
 * the same log gives the same numbers.
 *
 * @param holds whether this speaks for the numbers
 * @param text one sentence
 */
public record Trust(boolean holds, String text) {
  private static final double FAR_FROM_ONE = 0.05;

  /** All there is to say, in a fixed order. */
  public static List<Trust> of(RunSummary run, List<PolicyCase> cases) {
    List<Trust> all = new ArrayList<>();
    all.add(audit(run));
    all.add(accounts(run));
    support(cases, all);
    weights(cases, all);
    if (!run.deterministic()) {
      all.add(
          new Trust(
              false,
              "Some records came late: another order of the same log may give other numbers."));
    }
    PolicyTable.remarks(run.results()).stream()
        .filter(remark -> !remark.startsWith("UNRELIABLE"))
        .forEach(remark -> all.add(new Trust(false, sentence(remark))));
    return all;
  }

  private static Trust audit(RunSummary run) {
    List<AuditFinding> findings = run.results().findings();
    List<String> critical = named(findings, Severity.CRITICAL);
    if (!critical.isEmpty()) {
      return new Trust(
          false,
          "The audit found that the log contradicts itself: " + String.join(", ", critical) + ".");
    }
    List<String> warnings = named(findings, Severity.WARNING);
    return warnings.isEmpty()
        ? new Trust(true, "The audit found nothing in which the log contradicts itself.")
        : new Trust(
            true,
            "The audit found nothing critical; it warns of " + String.join(", ", warnings) + ".");
  }

  private static List<String> named(List<AuditFinding> findings, Severity severity) {
    return findings.stream()
        .filter(finding -> finding.getSeverity() == severity)
        .map(AuditFinding::getName)
        .distinct()
        .collect(Collectors.toList());
  }

  private static Trust accounts(RunSummary run) {
    if (!run.isBalanced()) {
      return new Trust(false, "The ledgers do not balance: records were lost or counted twice.");
    }
    long in = run.impressions().in();
    long refused = run.impressions().deadLettered();
    return new Trust(
        in > 0 && refused < in,
        "Every impression and every reward is accounted for: of %s impressions %s were refused%s."
            .formatted(
                Numbers.count(in),
                Numbers.count(refused),
                in == 0 ? "" : " (" + Percent.share(refused / (double) in) + ")"));
  }

  private static void support(List<PolicyCase> cases, List<Trust> all) {
    long others = cases.stream().filter(one -> !one.isLogging()).count();
    long supported =
        cases.stream().filter(one -> !one.isLogging() && one.estimate().getSupported()).count();
    if (others > 0) {
      all.add(
          new Trust(
              supported == others,
              supported == others
                  ? "The log shows enough of what each policy does for an interval."
                  : "The log shows enough for an interval of %s of %s policies; the others are not judged."
                      .formatted(
                          supported == 0 ? "none" : Numbers.count(supported),
                          Numbers.count(others))));
    }
  }

  private static void weights(List<PolicyCase> cases, List<Trust> all) {
    List<PolicyCase> judged =
        cases.stream()
            .filter(one -> one.isCompared() && one.estimate().getMeanWeight() != null)
            .toList();
    if (judged.isEmpty()) {
      return;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (PolicyCase one : judged) {
      low = Math.min(low, one.estimate().getMeanWeight());
      high = Math.max(high, one.estimate().getMeanWeight());
    }
    String between =
        Numbers.rough(low).equals(Numbers.rough(high))
            ? Numbers.rough(low)
            : Numbers.rough(low) + " to " + Numbers.rough(high);
    boolean near = 1 - low <= FAR_FROM_ONE && high - 1 <= FAR_FROM_ONE;
    all.add(
        new Trust(
            near,
            "Mean importance weights of the policies judged are "
                + between
                + (near
                    ? ", as they are where propensities are right and every item is shown."
                    : ": they are 1 where propensities are right and every item is shown.")));
  }

  private static String sentence(String remark) {
    return Character.toUpperCase(remark.charAt(0)) + remark.substring(1) + ".";
  }
}
