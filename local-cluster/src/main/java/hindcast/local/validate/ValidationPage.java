package hindcast.local.validate;

import hindcast.audit.DelayQuantiles;
import hindcast.audit.Finding;
import hindcast.audit.JoinCounts;
import hindcast.audit.Severity;
import hindcast.connectors.logs.LogScan;
import hindcast.estimator.Estimate;
import hindcast.estimator.SupportRule;
import hindcast.local.screen.Numbers;
import hindcast.local.validate.Frequencies.Frequency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A validated log as one page of text. */
final class ValidationPage {
  private static final int TOP = 5;
  private static final int EVIDENCE = 6;
  private static final long YEAR_MICROS = 365L * 24 * 3600 * 1_000_000;
  private static final String ROW = "%-16s %7s %9s %8s %9s  %-22s %s";

  private final ValidateSettings settings;
  private final LogValidation log;
  private final List<String> lines = new ArrayList<>();

  private ValidationPage(ValidateSettings settings, LogValidation log) {
    this.settings = settings;
    this.log = log;
  }

  static List<String> of(ValidateSettings settings, LogValidation log) {
    ValidationPage page = new ValidationPage(settings, log);
    page.contents();
    page.refusals();
    if (log.scan().items().isEmpty()) {
      page.section(
          "VERDICT",
          log.lines() == 0
              ? "there is nothing in it"
              : "no line can be used: the log is of another format, or broken");
      return page.lines;
    }
    page.join();
    page.policies();
    page.findings();
    page.verdict();
    return page.lines;
  }

  private void contents() {
    LogScan scan = log.scan();
    section("LOG", settings.source().name() + " (" + settings.source().format() + ")");
    more(
        Texts.plural(log.lines(), "line", "lines")
            + ": "
            + Texts.plural(log.joinCounts().outcomes(), "decision", "decisions")
            + ", "
            + Texts.plural(log.duplicates(), "copy", "copies")
            + ", "
            + Texts.plural(log.lines() - log.items().total(), "refused line", "refused lines"));
    if (scan.items().isEmpty()) {
      return;
    }
    more(
        (scan.lastTimeMicros() < YEAR_MICROS ? "lines without a time, as seconds: " : "")
            + Texts.time(scan.firstTimeMicros())
            + " to "
            + Texts.time(scan.lastTimeMicros())
            + " ("
            + Texts.duration(scan.lastTimeMicros() - scan.firstTimeMicros())
            + ", "
            + (scan.disorderMicros() == 0
                ? "in order of time"
                : "lines up to " + Texts.duration(scan.disorderMicros()) + " behind earlier ones")
            + "), contexts of dimension "
            + scan.contextDimension());
    more(Texts.plural(scan.items().size(), "item", "items") + ", shown most: " + top(log.items()));
    more(Texts.plural(log.segments().size(), "segment", "segments") + ": " + top(log.segments()));
    more(
        Texts.plural(log.servedBy().size(), "policy version", "policy versions")
            + ": "
            + top(log.servedBy()));
  }

  private static String top(Frequencies names) {
    String top =
        names.top(TOP).stream()
            .map(f -> f.name() + " " + share(f, names.total()))
            .collect(Collectors.joining(", "));
    return names.size() > TOP ? top + ", ..." : top;
  }

  private static String share(Frequency frequency, long total) {
    return Texts.percent((double) frequency.count() / Math.max(1, total));
  }

  private void refusals() {
    if (log.refusals().counts().isEmpty()) {
      section("REFUSED", "nothing");
      return;
    }
    String title = "REFUSED";
    for (var reason : log.refusals().counts().entrySet()) {
      section(
          title,
          Numbers.count(reason.getValue().count())
              + " "
              + reason.getKey()
              + ": "
              + reason.getKey().description());
      title = "";
      for (Refusals.Example example : reason.getValue().examples()) {
        more("  line " + example.line() + ": " + example.detail());
      }
    }
  }

  private void join() {
    JoinCounts counts = log.joinCounts();
    section(
        "JOIN",
        Texts.plural(log.rewarded(), "decision", "decisions")
            + " of "
            + Numbers.count(log.items().total())
            + " with a reward, "
            + Texts.percent((double) log.rewarded() / Math.max(1, log.items().total()))
            + "; rewards: "
            + Numbers.count(counts.joinedRewards())
            + " joined, "
            + Numbers.count(counts.lateRewards())
            + " late, "
            + Numbers.count(counts.orphanRewards())
            + " of no decision");
    more(
        "mean reward "
            + (log.meanReward().isPresent() ? Numbers.value(log.meanReward().getAsDouble()) : "-"));
    DelayQuantiles delay = log.delayMicros();
    Optional<Duration> window = RewardWindow.recommended(delay);
    if (!RewardWindow.isKnown(delay)) {
      more("rewards have the times of their decisions: no reward window can be recommended");
      return;
    }
    more(
        "delay of a reward: median "
            + quantile(delay, 0.5)
            + ", 90 % "
            + quantile(delay, 0.9)
            + ", 99 % "
            + quantile(delay, RewardWindow.SHARE)
            + ", largest "
            + quantile(delay, 1));
    more(
        "reward window "
            + Texts.duration(log.window().toNanos() / 1000)
            + "; recommended: "
            + window.map(w -> Texts.duration(w.toNanos() / 1000)).orElse("more than 30d"));
  }

  private static String quantile(DelayQuantiles delay, double share) {
    return Texts.duration(delay.quantile(share).orElse(0));
  }

  private void policies() {
    double difference = log.difference(settings.difference());
    String wanted =
        difference > 0 ? "decisions to tell " + Texts.trimmed(difference) : "decisions needed";
    section(
        "POLICIES",
        ROW.formatted("policy", "mean w", "ESS", "max w", "value", "95 % interval", wanted));
    for (PolicyUse policy : log.policies()) {
      more(row(policy, difference));
    }
    if (log.withoutPropensity() > 0) {
      more(
          Texts.plural(log.withoutPropensity(), "decision", "decisions")
              + " without a logged propensity are not used here");
    }
  }

  private String row(PolicyUse policy, double difference) {
    Estimate value = log.valueOf(policy);
    List<String> unreliable = log.unreliable(policy.name());
    String interval =
        value.lower().isPresent()
            ? Numbers.interval(value.lower().getAsDouble(), value.upper().getAsDouble())
            : SupportRule.TOO_LITTLE_SUPPORT;
    return ROW.formatted(
            policy.name(),
            Numbers.rough(orNull(value.meanWeight())),
            Numbers.rough(value.effectiveSampleSize()),
            Numbers.rough(value.largestWeight()),
            Numbers.value(orNull(value.value())),
            unreliable.isEmpty() ? interval : "unreliable",
            needed(policy.eventsFor(difference, log.range())))
        .stripTrailing();
  }

  private String needed(OptionalLong events) {
    if (events.isEmpty()) {
      return "-";
    }
    double times = events.getAsLong() / (double) Math.max(1, log.joinCounts().outcomes());
    return Numbers.count(events.getAsLong()) + " (" + Texts.trimmed(times) + " x this log)";
  }

  private static Double orNull(java.util.OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private void findings() {
    String title = "FINDINGS";
    List<Finding> findings = log.findings();
    if (findings.isEmpty()) {
      section(title, "none");
    }
    for (Finding finding : findings) {
      section(title, finding.severity() + " " + finding.name() + scope(finding));
      title = "";
      more("  " + finding.kind().meaning());
      more("  evidence: " + evidence(finding.evidence()));
      more("  causes: " + String.join("; ", finding.causes()));
      more("  do: " + finding.action());
    }
  }

  private static String scope(Finding finding) {
    return (finding.policy().isEmpty() ? "" : ", policy " + finding.policy())
        + (finding.segment().isEmpty() ? "" : ", segment " + finding.segment())
        + (finding.item().isEmpty() ? "" : ", item " + finding.item());
  }

  private static String evidence(Map<String, Double> evidence) {
    return evidence.entrySet().stream()
        .limit(EVIDENCE)
        .map(entry -> entry.getKey() + " " + Texts.trimmed(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void verdict() {
    List<Finding> findings = log.findings();
    String critical = names(findings, Severity.CRITICAL);
    String warnings = names(findings, Severity.WARNING);
    if (!critical.isEmpty()) {
      section("VERDICT", "estimates from this log are unreliable: " + critical);
    } else {
      section("VERDICT", warnings.isEmpty() ? "sound" : "usable with care: " + warnings);
    }
  }

  private static String names(List<Finding> findings, Severity severity) {
    return findings.stream()
        .filter(finding -> finding.severity() == severity)
        .map(Finding::name)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void section(String title, String text) {
    lines.add(String.format(Locale.ROOT, "%-9s %s", title, text));
  }

  private void more(String text) {
    section("", text);
  }
}
