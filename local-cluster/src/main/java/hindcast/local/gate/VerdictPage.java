package hindcast.local.gate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict for a person: what it says, why, what an A/B test would show and what is missing. */
public final class VerdictPage {
  private VerdictPage() {}

  /** The lines of a verdict, a record of [gate-verdicts] as JSON. */
  public static List<String> lines(JsonNode verdict) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s  %s version %s, candidate %d of its gate, at %s",
            text(verdict, "verdict"),
            text(verdict, "policy"),
            text(verdict, "version"),
            verdict.path("candidate").asLong(),
            time(verdict.path("eventTimeMicros").asLong())));
    lines.add(
        format(
            "difference to the logging policy %+.5f in [%+.5f, %+.5f] at all times, %,d outcomes",
            number(verdict, "difference"),
            number(verdict, "lower"),
            number(verdict, "upper"),
            verdict.path("n").asLong()));
    if (verdict.path("differenceToDeployed").isObject()) {
      lines.add(DeployedLine.of(verdict.path("differenceToDeployed")));
    }
    lines.add(
        format(
            "error budget %s of %s spent, %.2g of it on this candidate",
            brief(number(verdict, "spent")),
            brief(number(verdict, "alpha")),
            number(verdict, "level")));
    if (verdict.path("promoted").asBoolean()) {
      lines.add("the gate has commanded the promotion");
    }
    checks(verdict, lines);
    forecasts(verdict, lines);
    missing(verdict, lines);
    return lines;
  }

  private static void checks(JsonNode verdict, List<String> lines) {
    lines.add("");
    lines.add(format("%-24s %14s   %s", "condition", "value", "asked for"));
    for (JsonNode check : verdict.path("checks")) {
      lines.add(
          format(
              "%-24s %14s   %s%s",
              text(check, "name"),
              brief(check.path("value")),
              asked(text(check, "name"), number(check, "bound")),
              check.path("passed").asBoolean() ? "" : "   MISSING"));
    }
    for (JsonNode finding : verdict.path("findings")) {
      lines.add("  finding that stands: " + finding.asText());
    }
  }

  private static String asked(String condition, double bound) {
    String relation =
        switch (condition) {
          case "LOWER_BOUND", "ESTIMATORS_AGREE" -> "above ";
          case "SUCCESS_PROBABILITY", "EFFECTIVE_SAMPLE_SIZE" -> "at least ";
          default -> "at most ";
        };
    return relation + brief(bound);
  }

  private static void forecasts(JsonNode verdict, List<String> lines) {
    if (verdict.path("forecasts").isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        format(
            "A/B test with a share of %s, to show an uplift above %s %% at significance %s:",
            brief(number(verdict, "share")),
            brief(100 * number(verdict, "uplift")),
            brief(number(verdict, "significance"))));
    lines.add(
        format(
            "%14s %10s %11s %13s %16s %14s",
            "events",
            "duration",
            "P(success)",
            "P(true > bar)",
            "estimation risk",
            "outcome noise"));
    for (JsonNode forecast : verdict.path("forecasts")) {
      lines.add(
          format(
              "%,14.0f %10s %11.3f %13.3f %16s %14s",
              number(forecast, "events"),
              duration(forecast.path("seconds")),
              number(forecast, "successProbability"),
              number(forecast, "probabilityAbove"),
              brief(number(forecast, "estimationRisk")),
              brief(number(forecast, "outcomeNoise"))));
    }
  }

  private static void missing(JsonNode verdict, List<String> lines) {
    if (!text(verdict, "verdict").equals("HOLD")) {
      return;
    }
    lines.add("");
    JsonNode more = verdict.path("moreEvents");
    lines.add(
        more.isNull()
            ? "no number of events like these is enough: see the conditions that are missing"
            : format("about %,.0f more events like these are needed", more.asDouble()));
    gaps("segments", verdict.path("segments"), lines);
    gaps("items", verdict.path("items"), lines);
  }

  private static void gaps(String kind, JsonNode gaps, List<String> lines) {
    if (gaps.isEmpty()) {
      return;
    }
    lines.add(kind + " where support is thinnest:");
    for (JsonNode gap : gaps) {
      lines.add(
          format(
              "  %-24s the policy plays it in %s %%, the log shows it in %s %%: %,d outcomes, ESS"
                  + " %,.0f",
              text(gap, "name"),
              brief(100 * number(gap, "played")),
              brief(100 * number(gap, "logged")),
              gap.path("n").asLong(),
              number(gap, "effectiveSampleSize")));
    }
  }

  private static String duration(JsonNode seconds) {
    if (seconds.isNull()) {
      return "-";
    }
    Duration length = Duration.ofMillis(Math.round(1000 * seconds.asDouble()));
    if (length.toDays() >= 2) {
      return brief(length.toMillis() / 86_400_000.0) + " d";
    }
    return length.toHours() >= 2
        ? brief(length.toMillis() / 3_600_000.0) + " h"
        : brief(length.toMillis() / 1000.0) + " s";
  }

  private static String time(long micros) {
    return micros == Long.MIN_VALUE || micros == Long.MAX_VALUE
        ? "the end"
        : Instant.EPOCH.plusMillis(Math.floorDiv(micros, 1000L)).toString();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText();
  }

  private static double number(JsonNode node, String name) {
    return node.path(name).asDouble();
  }

  private static String brief(JsonNode value) {
    return value.isNull() ? "-" : brief(value.asDouble());
  }

  private static String brief(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e12
        ? format("%,d", (long) value)
        : format("%.4g", value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
