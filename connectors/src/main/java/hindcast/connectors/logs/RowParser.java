package hindcast.connectors.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.Context;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of binary files as entries, as {@link RowFormat} describes them; never throws. */
final class RowParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NOTHING = {};
  private static final long MICROS_PER_ROW = 1_000_000;

  private final boolean hasContext;
  private final boolean rewardsAlone;
  private final RowRewards rewards;
  private int dimension;

  /**
   * @param columns of the file
   * @param rewardsAlone whether rows are rewards
   */
  RowParser(Set<String> columns, boolean rewardsAlone, RewardRange range) {
    this.hasContext = columns.contains(RowContext.COLUMN);
    this.rewardsAlone = rewardsAlone;
    this.rewards = new RowRewards(range);
  }

  /** d of the first row that can be used; others must have it too. */
  int dimension() {
    return dimension;
  }

  /** What a row says. */
  LogEntry parse(long number, Map<String, Object> row) {
    try {
      RowValues values = new RowValues(row);
      return rewardsAlone ? reward(number, values) : impression(number, values);
    } catch (LineRejectedException e) {
      return LogEntry.rejected(number, json(row), e.reject());
    }
  }

  private LogEntry reward(long number, RowValues row) throws LineRejectedException {
    Reward reward = rewards.alone(row, zeroPadded(number));
    return LogEntry.ofRewards(number, NOTHING, List.of(reward));
  }

  private LogEntry impression(long number, RowValues row) throws LineRejectedException {
    String id = row.text("impressionid", "");
    id = id.isEmpty() ? zeroPadded(number) : id;
    long time = row.time("eventtimemicros", row.time("eventtime", number * MICROS_PER_ROW));
    String item = row.required("itemid");
    List<String> eligible = row.texts("eligibleitemids");
    double[] probabilities = probabilities(row, eligible);
    Impression impression =
        Impression.newBuilder()
            .setImpressionId(id)
            .setEventTimeMicros(time)
            .setSegment(row.text("segment", "all"))
            .setContext(context(row))
            .setItemId(item)
            .setPosition(position(row))
            .setSlateId(row.text("slateid"))
            .setEligibleItemIds(eligible)
            .setPropensity(propensity(row, item, eligible, probabilities))
            .setPropensityDraws(row.whole("propensitydraws", 0))
            .setPolicyId(row.text("policyid", "logging"))
            .setPolicyVersion(row.whole("policyversion", 0))
            .build();
    return new LogEntry(
        number, NOTHING, impression, rewards.of(row, id, time), null, probabilities);
  }

  private Context context(RowValues row) throws LineRejectedException {
    Context context = RowContext.of(row, hasContext);
    int here = RowContext.dimension(context);
    if (dimension == 0) {
      dimension = here;
    } else if (here != dimension) {
      throw new LineRejectedException(
          Rejection.INVALID_CONTEXT,
          "context must have " + dimension + " features as in the first row: " + here);
    }
    return context;
  }

  private static int position(RowValues row) throws LineRejectedException {
    long position = row.whole("position", 0);
    if (position < 0 || position != (int) position) {
      throw new LineRejectedException(
          Rejection.INVALID_POSITION, "position must be at least 0 and fit 32 bits: " + position);
    }
    return (int) position;
  }

  private static double[] probabilities(RowValues row, List<String> eligible)
      throws LineRejectedException {
    double[] probabilities = row.numbers("probabilities");
    if (probabilities != null && (eligible == null || eligible.size() != probabilities.length)) {
      throw RowValues.malformed(
          "probabilities",
          "must be one for each of eligibleitemids",
          probabilities.length + " for " + (eligible == null ? 0 : eligible.size()));
    }
    return probabilities;
  }

  private static Double propensity(
      RowValues row, String item, List<String> eligible, double[] probabilities)
      throws LineRejectedException {
    int place = eligible == null ? -1 : eligible.indexOf(item);
    if (eligible != null && place < 0) {
      throw new LineRejectedException(
          Rejection.ITEM_NOT_ELIGIBLE,
          "the shown item must be one of the " + eligible.size() + " eligible ones: " + item);
    }
    Double propensity = row.number("propensity");
    if (propensity == null && probabilities != null) {
      propensity = probabilities[place];
    }
    if (propensity != null && !(propensity > 0 && propensity <= 1)) {
      throw new LineRejectedException(
          Rejection.INVALID_PROPENSITY, "propensity must be in (0, 1]: " + propensity);
    }
    return propensity;
  }

  private static byte[] json(Map<String, Object> row) {
    try {
      return JSON.writeValueAsBytes(row);
    } catch (JsonProcessingException e) {
      return row.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String zeroPadded(long number) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }
}
