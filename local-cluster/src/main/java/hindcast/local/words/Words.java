package hindcast.local.words;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.ValueEstimate;
import hindcast.gate.PlannedTest;
import hindcast.gate.TestForecast;
import hindcast.interval.NormalInterval;
import hindcast.jobs.config.GatesConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.screen.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a run means, in sentences that say no more than the intervals do.
 *
 * <p>A policy is called better or worse where the whole 95 % interval of its paired difference lies
 * on one side of 0 and the estimate it is judged by lies on the same side. Nothing is said of a
 * policy whose support is too little, nor where the audit found that the log contradicts itself.
 * The answer also says whether the best one would be called better had the 5 % been shared among
 * all m that are compared (Bonferroni: a normal interval at level 1 - .05 / m).
 */
public final class Words {
  private static final double WORTH_WAITING = 100;
  private static final double NOTABLE_MASS = 0.05;
  private static final int LINES = 12;

  private final List<PolicyCase> cases;
  private final PipelineConfig config;

  public Words(List<PolicyCase> cases, PipelineConfig config) {
    this.cases = List.copyOf(cases);
    this.config = config;
  }

  /** One statement for each policy but the logging policy, best first. */
  public List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    for (PolicyCase one : ranked()) {
      statements.add(new Statement(one.policy(), kind(one), text(one)));
    }
    return statements;
  }

  private List<PolicyCase> ranked() {
    return cases.stream()
        .filter(one -> !one.isLogging())
        .sorted(
            Comparator.comparing(Words::kind)
                .thenComparing(Comparator.comparingDouble(Words::rank).reversed())
                .thenComparing(PolicyCase::policy))
        .toList();
  }

  private static double rank(PolicyCase one) {
    return one.isCompared() ? one.estimate().getDifferenceLower() : Double.NEGATIVE_INFINITY;
  }

  static Statement.Kind kind(PolicyCase one) {
    if (!one.estimate().getUnreliable().isEmpty()) {
      return Statement.Kind.UNRELIABLE;
    }
    if (!one.isCompared()) {
      return Statement.Kind.UNSUPPORTED;
    }
    Double base = one.estimate().getOnPolicyValue();
    double judged = base == null ? 0 : one.estimate().getValue() - base;
    if (one.estimate().getDifferenceLower() > 0 && judged >= 0) {
      return Statement.Kind.BETTER;
    }
    return one.estimate().getDifferenceUpper() < 0 && judged <= 0
        ? Statement.Kind.WORSE
        : Statement.Kind.OPEN;
  }

  private String text(PolicyCase one) {
    return switch (kind(one)) {
      case BETTER ->
          "beats the logging policy by " + Percent.size(one.estimate(), 1) + "." + forecast(one);
      case WORSE ->
          "does worse than the logging policy by " + Percent.size(one.estimate(), -1) + ".";
      case OPEN ->
          "cannot be told apart from the logging policy: "
              + Percent.difference(one.estimate())
              + "."
              + missing(one.estimate())
              + forecast(one);
      case UNSUPPORTED -> "cannot be judged: " + unsupported(one.estimate());
      case UNRELIABLE ->
          "is not judged: the audit found that the log contradicts itself ("
              + String.join(", ", one.estimate().getUnreliable())
              + ").";
    };
  }

  private String unsupported(ValueEstimate estimate) {
    double least = config.evaluation().minimumRewardedEffectiveSampleSize();
    double size = estimate.getRewardedEffectiveSampleSize();
    StringBuilder text = new StringBuilder();
    if (estimate.getN() == 0) {
      return "no impression came after it had learned anything.";
    } else if (size < least) {
      text.append("the rewards in the log tell of it no more than ")
          .append(fewer(size))
          .append(" rewarded impressions of its own would, and an interval takes ")
          .append(Numbers.rough(least))
          .append('.');
    } else {
      text.append("a single impression holds more than ")
          .append(Percent.share(config.evaluation().maximumEventShare()))
          .append(" of the estimate.");
    }
    Double mass = estimate.getUnsupportedMass();
    if (mass != null && mass > NOTABLE_MASS) {
      text.append(" About ")
          .append(Percent.share(mass))
          .append(" of what it would show is not in the log.");
    }
    return text.toString();
  }

  /** The answer, then a line for each policy. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(answer()));
    List<Statement> all = statements();
    if (all.size() > 1 && !isUnreliable(ranked())) {
      all.stream().limit(LINES).forEach(one -> lines.add("  " + one.policy() + " " + one.text()));
    }
    return lines;
  }

  /** Adds the answer and the statements to a report, as {@code words}. */
  public ObjectNode addTo(ObjectNode report) {
    ObjectNode words = report.putObject("words");
    words.put("answer", answer());
    ArrayNode policies = words.putArray("policies");
    for (Statement one : statements()) {
      policies
          .addObject()
          .put("policy", one.policy())
          .put("kind", one.kind().name())
          .put("text", one.text());
    }
    return report;
  }

  private static String fewer(double size) {
    return size < 10
        ? String.format(Locale.ROOT, "%.1f", size)
        : Numbers.count((long) Math.floor(size));
  }

  /** How much more log would tell, if the difference stays what it is. */
  private static String missing(ValueEstimate estimate) {
    Double error = estimate.getDifferenceStandardError();
    double size = Math.abs(estimate.getDifferenceToLogging());
    if (error == null || !(size > 0)) {
      return "";
    }
    double times = Math.pow(NormalInterval.Z95 * error / size, 2);
    return times > WORTH_WAITING || times < 1
        ? ""
        : String.format(
            Locale.ROOT,
            " If that is the difference, %s times as many impressions would tell.",
            times < 10 ? "%.1f".formatted(Math.ceil(times * 10) / 10) : "%.0f".formatted(times));
  }

  private String forecast(PolicyCase one) {
    return one.forecast().map(this::forecast).orElse("");
  }

  private String forecast(TestForecast forecast) {
    double uplift = forecast.test().uplift();
    return String.format(
        Locale.ROOT,
        " An A/B test of %s with %s of the traffic would show %s with probability %s.",
        length(forecast.test()),
        Percent.share(forecast.test().share()),
        uplift == 0 ? "that it is better" : "more than +" + Percent.share(uplift),
        probability(forecast.successProbability()));
  }

  private String length(PlannedTest test) {
    GatesConfig gates = config.gates();
    return gates.testSize() > 0
        ? Numbers.count(Math.round(test.events())) + " impressions"
        : duration(gates.testDuration());
  }

  /** A duration in its largest whole unit: {@code 14 days}, {@code 36 hours}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 86_400 && seconds % 86_400 == 0) {
      return counted(seconds / 86_400, "day");
    } else if (seconds >= 3_600 && seconds % 3_600 == 0) {
      return counted(seconds / 3_600, "hour");
    } else if (seconds >= 60 && seconds % 60 == 0) {
      return counted(seconds / 60, "minute");
    }
    return counted(seconds, "second");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  /** A probability: two digits, and never certainty. */
  public static String probability(double p) {
    return p < 0.005
        ? "below .01"
        : p >= 0.995 ? "above .99" : String.format(Locale.ROOT, "%.2f", p).substring(1);
  }

  /** What better policy the log holds, if any, in two or three sentences. */
  public String answer() {
    List<PolicyCase> ranked = ranked();
    if (cases.isEmpty()) {
      return "No policy has an estimate: no impression of the log could be used.";
    } else if (ranked.isEmpty()) {
      return "Only the policy that made the log was evaluated. " + logging();
    }
    List<Statement.Kind> kinds = ranked.stream().map(Words::kind).toList();
    if (isUnreliable(ranked)) {
      return "The log cannot be believed as it is: the audit found that it contradicts itself ("
          + String.join(", ", ranked.get(0).estimate().getUnreliable())
          + "). No policy is judged until that is mended.";
    }
    PolicyCase best = ranked.get(0);
    return switch (kind(best)) {
      case BETTER -> better(ranked, kinds);
      case OPEN ->
          "Not shown: no policy is surely better than the logging policy. Nearest is "
              + best.policy()
              + ", "
              + Percent.difference(best.estimate())
              + ". "
              + logging();
      case WORSE ->
          "No: every policy that the log can judge does worse than the logging policy. "
              + logging();
      case UNSUPPORTED, UNRELIABLE ->
          "This log cannot say: it shows too little of what these policies do, or has too few"
              + " rewards. "
              + logging();
    };
  }

  private static boolean isUnreliable(List<PolicyCase> ranked) {
    return ranked.stream().allMatch(one -> kind(one) == Statement.Kind.UNRELIABLE);
  }

  private static String better(List<PolicyCase> ranked, List<Statement.Kind> kinds) {
    PolicyCase best = ranked.get(0);
    long others = kinds.stream().filter(kind -> kind == Statement.Kind.BETTER).count() - 1;
    long compared = ranked.stream().filter(PolicyCase::isCompared).count();
    StringBuilder text = new StringBuilder("Yes: ").append(best.policy());
    text.append(" beats the logging policy by ").append(Percent.size(best.estimate(), 1));
    if (others > 0) {
      text.append(", and ").append(counted(others, "other")).append(others == 1 ? " does" : " do");
    }
    text.append('.');
    if (compared > 1 && isBetterAmong(best.estimate(), compared)) {
      text.append(" That holds also when the 5 % risk of an error is shared among the ")
          .append(compared)
          .append(" policies compared.");
    } else if (compared > 1) {
      text.append(" It is the best of ")
          .append(compared)
          .append(" policies compared, which may be luck: with the 5 % risk of an error shared")
          .append(" among them, 0 is inside its interval.");
    }
    return text.toString();
  }

  /** Whether the interval at level 1 - .05 / m lies above 0. */
  static boolean isBetterAmong(ValueEstimate estimate, long m) {
    Double error = estimate.getDifferenceStandardError();
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.025 / m);
    return error != null && estimate.getDifferenceToLogging() - z * error > 0;
  }

  private String logging() {
    return cases.stream()
        .filter(PolicyCase::isLogging)
        .findFirst()
        .map(
            one ->
                one.isSound()
                    ? "The logging policy earns %s %s for an impression."
                        .formatted(
                            Numbers.value(one.estimate().getValue()),
                            Numbers.interval(one.estimate().getLower(), one.estimate().getUpper()))
                    : "The logging policy earned %s for an impression; that is too few rewards for an interval."
                        .formatted(Numbers.value(one.estimate().getValue())))
        .orElse("");
  }
}
