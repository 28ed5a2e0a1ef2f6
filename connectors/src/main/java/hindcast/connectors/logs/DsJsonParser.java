package hindcast.connectors.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.EventTime;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of a dsjson log, as {@link DsJsonFormat} describes them. */
final class DsJsonParser implements LogFormat.LineParser {
  private static final ObjectReader READER =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final long MICROS_PER_LINE = 1_000_000;

  private final DsJsonContext context = new DsJsonContext();
  private final DsJsonNames names = new DsJsonNames();
  private final RewardRange rewardRange;

  DsJsonParser(RewardRange rewardRange) {
    this.rewardRange = rewardRange;
  }

  @Override
  public int contextDimension() {
    return DsJsonContext.DIMENSION;
  }

  @Override
  public List<String> declaredItems() {
    return List.of();
  }

  @Override
  public Map<String, String> otherNames() {
    return names.ofNumbers();
  }

  @Override
  public LogEntry parse(long line, byte[] raw) {
    try {
      return entry(line, raw, tree(raw));
    } catch (LineRejectedException e) {
      return LogEntry.rejected(line, raw, e.reject());
    }
  }

  static JsonNode tree(byte[] raw) throws LineRejectedException {
    JsonNode tree;
    try {
      tree = READER.readTree(raw);
    } catch (JsonProcessingException e) {
      throw DsJsonFields.malformed("line", "must be JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw DsJsonFields.malformed("line", "must be JSON in UTF-8: " + e.getMessage());
    }
    if (!tree.isObject()) {
      throw DsJsonFields.malformed("line", "must be a JSON object");
    }
    return tree;
  }

  private LogEntry entry(long line, byte[] raw, JsonNode event) throws LineRejectedException {
    requireCounted(event);
    String id = DsJsonFields.text(event, "EventId");
    if (id == null) {
      id = zeroPadded(line);
    }
    long time = time(event, line * MICROS_PER_LINE);
    DsJsonActions actions = DsJsonActions.of(event);
    names.add(actions.names());
    List<Reward> rewards = rewards(event, id, time);
    Impression.Builder impression =
        Impression.newBuilder()
            .setImpressionId(id)
            .setEventTimeMicros(time)
            .setContext(context.of(event.path("c")))
            .setItemId(actions.shown())
            .setEligibleItemIds(actions.items())
            .setPropensity(actions.propensity());
    String model = DsJsonFields.text(event.path("VWState"), "m");
    if (model != null && !model.isEmpty()) {
      impression.setPolicyId(model);
    }
    return new LogEntry(line, raw, impression.build(), rewards, null, actions.row());
  }

  /** Refuses what is no decision, or one that does not count. */
  private static void requireCounted(JsonNode event) throws LineRejectedException {
    boolean reward = event.has("RewardValue") || event.has("Observations");
    if (reward && !event.has("a") && !event.has("c")) {
      throw new LineRejectedException(
          Rejection.NO_IMPRESSION, "a reward must be on the line of its decision: it has none");
    }
    if (DsJsonFields.flag(event, "_skipLearn")) {
      throw new LineRejectedException(
          Rejection.NOT_ACTIVATED, "the line says that it does not count: _skipLearn");
    }
    if (DsJsonFields.flag(event, "DeferredAction") && !isActivated(event)) {
      throw new LineRejectedException(
          Rejection.NOT_ACTIVATED,
          "a deferred action counts once an observation says ActionTaken: none does");
    }
    if (DsJsonFields.isGiven(event, "pdrop")) {
      double drop = DsJsonFields.number(event, "pdrop");
      if (!(drop >= 0 && drop < 1)) {
        throw DsJsonFields.malformed("pdrop", "must be in [0, 1): " + drop);
      }
    }
  }

  private static boolean isActivated(JsonNode event) throws LineRejectedException {
    for (JsonNode observation : event.path("o")) {
      if (DsJsonFields.flag(observation, "ActionTaken")) {
        return true;
      }
    }
    return false;
  }

  private static long time(JsonNode event, long otherwise) throws LineRejectedException {
    String text = DsJsonFields.text(event, "Timestamp");
    if (text == null) {
      return otherwise;
    }
    try {
      long micros = Timestamps.micros(text);
      if (!EventTime.isValid(micros)) {
        throw new LineRejectedException(
            Rejection.INVALID_TIME, "Timestamp must be in the years 1970 to 9999: " + text);
      }
      return micros;
    } catch (DateTimeException e) {
      throw DsJsonFields.malformed("Timestamp", e.getMessage());
    }
  }

  private List<Reward> rewards(JsonNode event, String id, long time) throws LineRejectedException {
    if (DsJsonFields.isGiven(event, "_label_cost")) {
      double reward = inRange(-DsJsonFields.number(event, "_label_cost"), "-_label_cost");
      return reward == 0 ? List.of() : List.of(reward(id, "cost", time, reward));
    }
    JsonNode observations = event.path("o");
    List<Reward> rewards = new ArrayList<>(observations.size());
    for (int k = 0; k < observations.size(); k++) {
      JsonNode observation = observations.path(k);
      if (DsJsonFields.isGiven(observation, "v")) {
        double reward = inRange(DsJsonFields.number(observation, "v"), "v");
        rewards.add(reward(id, "o" + k, time(observation, time), reward));
      }
    }
    return rewards;
  }

  private double inRange(double reward, String field) throws LineRejectedException {
    if (!rewardRange.contains(reward)) {
      throw new LineRejectedException(
          Rejection.INVALID_REWARD,
          field
              + " must be in ["
              + rewardRange.min()
              + ", "
              + rewardRange.max()
              + "]: "
              + reward
              + "; set reward.min and reward.max to the range of the product");
    }
    return reward;
  }

  private static Reward reward(String impressionId, String rewardId, long time, double value) {
    return Reward.newBuilder()
        .setImpressionId(impressionId)
        .setRewardId(rewardId)
        .setEventTimeMicros(time)
        .setValue(value)
        .build();
  }

  private static String zeroPadded(long line) {
    String digits = Long.toString(line);
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }
}
