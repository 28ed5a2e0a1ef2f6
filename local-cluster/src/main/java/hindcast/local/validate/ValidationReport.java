package hindcast.local.validate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.audit.DelayQuantiles;
import hindcast.audit.Finding;
import hindcast.audit.JoinCounts;
import hindcast.connectors.logs.LogScan;
import hindcast.estimator.Estimate;
import hindcast.local.validate.Frequencies.Frequency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A validated log as JSON. Names and order are stable; two runs over the same log are equal.
 *
 * <ul>
 *   <li>{@code log}: file, format, lines, decisions, copies, times, items, segments, policy
 *       versions, the most frequent first
 *   <li>{@code rejections}: for each reason its count and the first examples with their lines
 *   <li>{@code join}: the fate of rewards, delays and the recommended window in seconds; null where
 *       not known
 *   <li>{@code policies}: value by SNIPS in the user's unit, support, and the decisions needed to
 *       tell {@code difference} from the logging policy; null where undefined
 *   <li>{@code findings}: name, severity, what it is about, evidence, causes and what to do
 *   <li>{@code sound}: whether nothing beyond information was found
 * </ul>
 */
final class ValidationReport {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int TOP = 100;
  private static final double MICROS = 1e6;

  private ValidationReport() {}

  static ObjectNode of(ValidateSettings settings, LogValidation log) {
    ObjectNode report = NODES.objectNode();
    report.set("log", contents(settings, log));
    report.set("rejections", rejections(log));
    report.set("join", join(log));
    report.put("difference", log.difference(settings.difference()));
    report.set("policies", policies(log, log.difference(settings.difference())));
    report.set("findings", findings(log.findings()));
    report.put("sound", log.isSound());
    return report;
  }

  private static ObjectNode contents(ValidateSettings settings, LogValidation log) {
    LogScan scan = log.scan();
    ObjectNode node = NODES.objectNode();
    node.put("file", settings.source().name());
    node.put("format", settings.source().format());
    node.put("lines", log.lines());
    node.put("decisions", log.joinCounts().outcomes());
    node.put("copies", log.duplicates());
    node.put("refusedLines", log.lines() - log.items().total());
    node.put("firstTime", Texts.time(scan.firstTimeMicros()));
    node.put("lastTime", Texts.time(scan.lastTimeMicros()));
    node.put("disorderSeconds", scan.disorderMicros() / MICROS);
    node.put("contextDimension", scan.contextDimension());
    node.put("withoutPropensity", log.withoutPropensity());
    node.put("itemCount", scan.items().size());
    node.set("items", frequencies(log.items()));
    node.put("segmentCount", log.segments().size());
    node.set("segments", frequencies(log.segments()));
    node.set("servedBy", frequencies(log.servedBy()));
    return node;
  }

  private static ArrayNode frequencies(Frequencies frequencies) {
    ArrayNode array = NODES.arrayNode();
    for (Frequency frequency : frequencies.top(TOP)) {
      array.addObject().put("name", frequency.name()).put("count", frequency.count());
    }
    return array;
  }

  private static ArrayNode rejections(LogValidation log) {
    ArrayNode array = NODES.arrayNode();
    log.refusals()
        .counts()
        .forEach(
            (reason, count) -> {
              ObjectNode node = array.addObject();
              node.put("reason", reason.name());
              node.put("description", reason.description());
              node.put("count", count.count());
              ArrayNode examples = node.putArray("examples");
              count
                  .examples()
                  .forEach(
                      example ->
                          examples
                              .addObject()
                              .put("line", example.line())
                              .put("detail", example.detail()));
            });
    return array;
  }

  private static ObjectNode join(LogValidation log) {
    JoinCounts counts = log.joinCounts();
    DelayQuantiles delay = log.delayMicros();
    ObjectNode node = NODES.objectNode();
    node.put("rewardedDecisions", log.rewarded());
    number(node, "meanReward", log.meanReward());
    node.put("joinedRewards", counts.joinedRewards());
    node.put("lateRewards", counts.lateRewards());
    node.put("orphanRewards", counts.orphanRewards());
    ObjectNode delays = NODES.objectNode();
    delays.put("median", delay.quantile(0.5).orElse(0) / MICROS);
    delays.put("p90", delay.quantile(0.9).orElse(0) / MICROS);
    delays.put("p99", delay.quantile(0.99).orElse(0) / MICROS);
    delays.put("largest", delay.quantile(1).orElse(0) / MICROS);
    node.set("delaySeconds", RewardWindow.isKnown(delay) ? delays : NODES.nullNode());
    node.put("windowSeconds", log.window().toMillis() / 1e3);
    Optional<Duration> window = RewardWindow.recommended(delay);
    number(
        node,
        "recommendedWindowSeconds",
        window.isPresent()
            ? OptionalDouble.of(window.get().toMillis() / 1e3)
            : OptionalDouble.empty());
    return node;
  }

  private static ArrayNode policies(LogValidation log, double difference) {
    ArrayNode array = NODES.arrayNode();
    for (PolicyUse policy : log.policies()) {
      Estimate value = log.valueOf(policy);
      ObjectNode node = array.addObject();
      node.put("policy", policy.name());
      node.put("n", value.n());
      number(node, "meanWeight", value.meanWeight());
      node.put("largestWeight", value.largestWeight());
      node.put("effectiveSampleSize", value.effectiveSampleSize());
      node.put("rewardedEffectiveSampleSize", value.rewardedEffectiveSampleSize());
      number(node, "value", value.value());
      number(node, "standardError", value.standardError());
      number(node, "lower", value.lower());
      number(node, "upper", value.upper());
      node.put("supported", value.supported());
      node.put("refused", policy.refused());
      OptionalLong needed = policy.eventsFor(difference, log.range());
      if (needed.isPresent()) {
        node.put("decisionsForDifference", needed.getAsLong());
      } else {
        node.putNull("decisionsForDifference");
      }
      ArrayNode unreliable = node.putArray("unreliable");
      log.unreliable(policy.name()).forEach(unreliable::add);
    }
    return array;
  }

  private static ArrayNode findings(List<Finding> findings) {
    ArrayNode array = NODES.arrayNode();
    for (Finding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("name", finding.name());
      node.put("severity", finding.severity().name());
      node.put("policy", finding.policy());
      node.put("segment", finding.segment());
      node.put("item", finding.item());
      node.put("meaning", finding.kind().meaning());
      ObjectNode evidence = node.putObject("evidence");
      finding.evidence().forEach(evidence::put);
      ArrayNode causes = node.putArray("causes");
      finding.causes().forEach(causes::add);
      node.put("action", finding.action());
    }
    return array;
  }

  private static void number(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }
}
