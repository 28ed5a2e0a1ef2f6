package hindcast.local.estimates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.SupportRule;
import hindcast.interval.Interval;
import hindcast.local.screen.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An answer as lines for people and as JSON. The JSON holds {@code policy, version, segment, asked,
 * from, to, widened, windows, n, estimates, difference, disagreement, unsupportedMass} and {@code
 * series}, the same estimates of each stored window; what is undefined is null.
 */
public final class IntervalPage {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ROW = "%-24s %10s %-22s %9s %9s %8s %10s";

  private IntervalPage() {}

  /** Lines for people. */
  public static List<String> lines(IntervalAnswer answer) {
    List<String> lines = new ArrayList<>();
    IntervalQuestion question = answer.question();
    var merged = answer.merged();
    lines.add(
        "%s version %d, segment %s: %s to %s, %s impressions in %d windows"
            .formatted(
                question.policy(),
                question.version(),
                question.segment(),
                Times.text(merged.fromMicros()),
                Times.text(merged.toMicros()),
                Numbers.count(merged.sums().estimates().n()),
                merged.windows()));
    if (answer.isWidened()) {
      lines.add(
          "widened to whole windows: %s to %s was asked for"
              .formatted(question.from(), question.to()));
    }
    if (merged.untilMicros() != Long.MAX_VALUE) {
      lines.add(
          "the last window is not complete: outcomes until " + Times.text(merged.untilMicros()));
    }
    lines.add(
        ROW.formatted("estimator", "value", "95 % interval", "ESS", "largest w", "mean w", "n")
            .stripTrailing());
    answer.lines().forEach(line -> lines.add(row(line)));
    PointEstimate difference = answer.difference();
    lines.add(
        "difference to logging (IPS, paired): "
            + Numbers.value(orNull(difference.value()))
            + " "
            + (answer.isSupported() ? interval(difference) : SupportRule.TOO_LITTLE_SUPPORT));
    lines.add("estimators disagree by: " + Numbers.rough(orNull(answer.disagreement())) + " se");
    lines.add("unsupported mass (1 - mean w): " + Numbers.value(orNull(answer.unsupportedMass())));
    return lines;
  }

  private static String row(EstimateSet.Line line) {
    Estimate estimate = line.estimate();
    return ROW.formatted(
            line.spec(),
            Numbers.value(orNull(estimate.value())),
            estimate.supported()
                ? Numbers.interval(orNull(estimate.lower()), orNull(estimate.upper()))
                : SupportRule.TOO_LITTLE_SUPPORT,
            Numbers.rough(estimate.effectiveSampleSize()),
            Numbers.rough(estimate.largestWeight()),
            Numbers.rough(orNull(estimate.meanWeight())),
            Numbers.count(estimate.n()))
        .stripTrailing();
  }

  private static String interval(PointEstimate point) {
    return point
        .interval()
        .map(interval -> Numbers.interval(interval.lower(), interval.upper()))
        .orElse("-");
  }

  /** The answer as JSON. */
  public static ObjectNode json(IntervalAnswer answer) {
    IntervalQuestion question = answer.question();
    ObjectNode page = NODES.objectNode();
    page.put("policy", question.policy());
    page.put("version", question.version());
    page.put("segment", question.segment());
    page.putObject("asked")
        .put("from", question.from().toString())
        .put("to", question.to().toString());
    page.put("from", Times.text(answer.merged().fromMicros()));
    page.put("to", Times.text(answer.merged().toMicros()));
    page.put("widened", answer.isWidened());
    page.put("windows", answer.merged().windows());
    page.put("n", answer.merged().sums().estimates().n());
    page.set("estimates", estimates(answer.lines()));
    PointEstimate point = answer.difference();
    Interval interval = answer.isSupported() ? point.interval().orElse(null) : null;
    page.putObject("difference")
        .put("to", "logging")
        .put("value", orNull(point.value()))
        .put("standardError", orNull(point.standardError()))
        .put("lower", interval == null ? null : interval.lower())
        .put("upper", interval == null ? null : interval.upper());
    page.put("disagreement", orNull(answer.disagreement()));
    page.put("unsupportedMass", orNull(answer.unsupportedMass()));
    ArrayNode series = page.putArray("series");
    for (IntervalAnswer.Point window : answer.points()) {
      series
          .addObject()
          .put("from", Times.text(window.window().startMicros()))
          .put("to", Times.text(window.window().endMicros()))
          .set("estimates", estimates(window.lines()));
    }
    return page;
  }

  private static ArrayNode estimates(List<EstimateSet.Line> lines) {
    ArrayNode estimates = NODES.arrayNode();
    for (EstimateSet.Line line : lines) {
      Estimate estimate = line.estimate();
      estimates
          .addObject()
          .put("estimator", line.spec().toString())
          .put("value", orNull(estimate.value()))
          .put("standardError", orNull(estimate.standardError()))
          .put("lower", orNull(estimate.lower()))
          .put("upper", orNull(estimate.upper()))
          .put("n", estimate.n())
          .put("effectiveSampleSize", estimate.effectiveSampleSize())
          .put("largestWeight", estimate.largestWeight())
          .put("meanWeight", orNull(estimate.meanWeight()))
          .put("refused", line.refused())
          .put("supported", estimate.supported());
    }
    return estimates;
  }

  private static Double orNull(OptionalDouble x) {
    return x.isPresent() ? x.getAsDouble() : null;
  }
}
