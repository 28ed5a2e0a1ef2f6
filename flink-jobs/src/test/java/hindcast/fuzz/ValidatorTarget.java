package hindcast.fuzz;

import hindcast.feedback.FeedbackValidator;
import hindcast.feedback.Reject;
import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that no decoder has touched: a line {@code name=value} each, in ISO-8859-1; a missing line
 * is a missing value, lists have commas. A {@code rewardId} makes it a reward.
 */
final class ValidatorTarget {
  private static final FeedbackValidator VALIDATOR =
      new FeedbackValidator(RewardRange.UNIT, 300_000_000L, 1e-6);

  private final Map<String, String> values = new HashMap<>();

  private ValidatorTarget(byte[] input) {
    for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
  }

  static String outcome(byte[] input) {
    ValidatorTarget record = new ValidatorTarget(input);
    Reject reject = record.values.containsKey("rewardId") ? record.reward() : record.impression();
    if (reject == null) {
      return FuzzTarget.ACCEPTED;
    }
    FuzzTarget.requireMessage(reject.detail(), "");
    return reject.reason().name();
  }

  private Reject reward() {
    return VALIDATOR.checkReward(
        values.get("impressionId"),
        values.get("rewardId"),
        values.getOrDefault("kind", ""),
        whole("eventTimeMicros"),
        whole("appendTimeMillis"),
        number("value"));
  }

  private Reject impression() {
    Double propensity = values.containsKey("propensity") ? number("propensity") : null;
    Reject reject =
        VALIDATOR.checkImpression(
            values.get("impressionId"),
            whole("eventTimeMicros"),
            whole("appendTimeMillis"),
            values.get("segment"),
            values.get("itemId"),
            (int) whole("position"),
            list("eligibleItemIds"),
            propensity,
            values.get("policyId"));
    if (reject == null) {
      reject =
          VALIDATOR.checkPropensityDraws(
              propensity, whole("propensityDraws"), values.get("impressionId"));
    }
    return reject == null ? context() : reject;
  }

  private Reject context() {
    List<String> given = list("features");
    List<String> places = list("indices");
    float[] features = given == null ? null : new float[given.size()];
    for (int k = 0; features != null && k < features.length; k++) {
      features[k] = (float) parsed(given.get(k));
    }
    int[] indices =
        places == null ? null : places.stream().mapToInt(text -> (int) parsed(text)).toArray();
    return VALIDATOR.checkContext(
        (int) whole("dimension"), indices, features, values.get("impressionId"));
  }

  private List<String> list(String name) {
    String text = values.get(name);
    return text == null ? null : new ArrayList<>(Arrays.asList(text.split(",")));
  }

  private long whole(String name) {
    try {
      return Long.parseLong(values.getOrDefault(name, "0"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private double number(String name) {
    return parsed(values.getOrDefault(name, "0"));
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
