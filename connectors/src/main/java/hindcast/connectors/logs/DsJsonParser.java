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
    return entries(line, raw).get(0);
  }

  @Override
  public List<LogEntry> entries(long line, byte[] raw) {
    try {
      JsonNode event = tree(raw);
      return DsJsonSlots.has(event) ? slots(line, raw, event) : List.of(entry(line, raw, event));
    } catch (LineRejectedException e) {
      return List.of(LogEntry.rejected(line, raw, e.reject()));
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
    String id = id(event, line);
    long time = time(event, line * MICROS_PER_LINE);
    List<String> items = DsJsonActions.names(event.path("c").path("_multi"));
    DsJsonActions actions = DsJsonActions.of(event, items);
    names.add(items);
    Impression.Builder impression =
        Impression.newBuilder().setImpressionId(id).setEventTimeMicros(time);
    List<Reward> rewards = rewards(event, id, time);
    impression.setContext(context.of(event.path("c")));
    return new LogEntry(
        line, raw, impression(impression, event, actions), rewards, null, actions.row());
  }

  /** Each slot is a decision; one that cannot be used is refused alone. */
  private List<LogEntry> slots(long line, byte[] raw, JsonNode event) throws LineRejectedException {
    String id = id(event, line);
    long time = time(event, line * MICROS_PER_LINE);
    List<JsonNode> decisions = DsJsonSlots.decisions(event);
    List<String> items = DsJsonActions.names(event.path("c").path("_multi"));
    names.add(items);
    List<LogEntry> entries = new ArrayList<>(decisions.size());
    for (int slot = 0; slot < decisions.size(); slot++) {
      Impression.Builder impression =
          Impression.newBuilder()
              .setImpressionId(id + "#" + (slot + 1))
              .setEventTimeMicros(time)
              .setSegment(Integer.toString(slot + 1))
              .setPosition(slot)
              .setSlateId(id);
      try {
        JsonNode decision = decisions.get(slot);
        requireCounted(decision);
        DsJsonActions actions = DsJsonActions.of(decision, items);
        List<Reward> rewards = rewards(decision, impression.getImpressionId(), time);
        impression.setContext(context.of(event.path("c"), DsJsonSlots.features(event, slot)));
        entries.add(
            new LogEntry(
                line, raw, impression(impression, event, actions), rewards, null, actions.row()));
      } catch (LineRejectedException e) {
        entries.add(LogEntry.rejected(line, raw, e.reject()));
      }
    }
    return entries;
  }

  private static Impression impression(
      Impression.Builder impression, JsonNode event, DsJsonActions actions)
      throws LineRejectedException {
    impression
        .setItemId(actions.shown())
        .setEligibleItemIds(actions.items())
        .setPropensity(actions.propensity());
    String model = DsJsonFields.text(event.path("VWState"), "m");
    if (model != null && !model.isEmpty()) {
      impression.setPolicyId(model);
    }
    return impression.build();
  }

  private static String id(JsonNode event, long line) throws LineRejectedException {
    String id = DsJsonFields.text(event, "EventId");
    return id == null ? zeroPadded(line) : id;
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
