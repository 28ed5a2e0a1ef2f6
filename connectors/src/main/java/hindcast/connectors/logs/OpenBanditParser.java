package hindcast.connectors.logs;

import hindcast.avro.Context;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.EventTime;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of an Open Bandit log, as {@link OpenBanditFormat} describes them. */
final class OpenBanditParser implements LogFormat.LineParser {
  private static final String REWARD_ID = "click";
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,9}(\\.0*)?");

  private final OpenBanditColumns columns;
  private final OpenBanditContext context;
  private final String idPrefix;
  private final RewardRange rewardRange;

  OpenBanditParser(OpenBanditColumns columns, String idPrefix, RewardRange rewardRange) {
    this.columns = columns;
    this.context = new OpenBanditContext(columns.affinities.length);
    this.idPrefix = idPrefix;
    this.rewardRange = rewardRange;
  }

  @Override
  public int contextDimension() {
    return context.dimension();
  }

  @Override
  public List<String> declaredItems() {
    return columns.affinityItems;
  }

  @Override
  public LogEntry parse(long line, byte[] raw) {
    try {
      return entry(line, raw, row(text(raw)));
    } catch (LineRejectedException e) {
      return LogEntry.rejected(line, raw, e.reject());
    }
  }

  private LogEntry entry(long line, byte[] raw, List<String> row) throws LineRejectedException {
    String id = idPrefix + zeroPadded(line);
    long time = time(row);
    int position = position(row);
    double propensity = propensity(row);
    double click = click(row);
    Impression impression =
        Impression.newBuilder()
            .setImpressionId(id)
            .setEventTimeMicros(time)
            .setSegment(Integer.toString(position))
            .setContext(context(row, position))
            .setItemId(value(row, columns.itemId))
            .setPosition(position)
            .setPropensity(propensity)
            .build();
    List<Reward> rewards =
        click == 0 ? List.of() : List.of(new Reward(id, REWARD_ID, time, click, ""));
    return new LogEntry(line, raw, impression, rewards, null);
  }

  private List<String> row(String text) throws LineRejectedException {
    List<String> row = CsvLine.split(text);
    if ((row.size() == 1 && columns.count > 1) || row.size() > columns.count) {
      throw new LineRejectedException(
          Rejection.MALFORMED,
          "row must have the " + columns.count + " columns of the header: " + row.size());
    }
    if (row.size() < columns.count) {
      throw new LineRejectedException(
          Rejection.MISSING_FIELD,
          "row must have the "
              + columns.count
              + " columns of the header: "
              + columns.names.get(row.size())
              + " is missing");
    }
    return row;
  }

  private long time(List<String> row) throws LineRejectedException {
    String text = value(row, columns.timestamp);
    try {
      long micros = Timestamps.micros(text);
      if (!EventTime.isValid(micros)) {
        throw new LineRejectedException(
            Rejection.INVALID_TIME, "timestamp must be in the years 1970 to 9999: " + text);
      }
      return micros;
    } catch (DateTimeException e) {
      throw malformed("timestamp", e.getMessage());
    }
  }

  private int position(List<String> row) throws LineRejectedException {
    String text = value(row, columns.position);
    if (!INTEGER.matcher(text).matches()) {
      throw malformed("position", "must be an integer: " + text);
    }
    int position = (int) Double.parseDouble(text);
    if (position < 0) {
      throw new LineRejectedException(
          Rejection.INVALID_POSITION, "position must be at least 0: " + text);
    }
    return position;
  }

  private double propensity(List<String> row) throws LineRejectedException {
    double propensity = number(row, columns.propensity);
    if (!(propensity > 0 && propensity <= 1)) {
      throw new LineRejectedException(
          Rejection.INVALID_PROPENSITY, "propensity must be in (0, 1]: " + propensity);
    }
    return propensity;
  }

  private double click(List<String> row) throws LineRejectedException {
    double click = number(row, columns.click);
    if (!rewardRange.contains(click)) {
      throw new LineRejectedException(
          Rejection.INVALID_REWARD,
          "click must be in ["
              + rewardRange.min()
              + ", "
              + rewardRange.max()
              + "]: "
              + click
              + "; set reward.min and reward.max to the range of the product");
    }
    return click;
  }

  private Context context(List<String> row, int position) throws LineRejectedException {
    context.begin(position);
    for (int column : columns.userFeatures) {
      context.category(columns.names.get(column), value(row, column));
    }
    for (int i = 0; i < columns.affinities.length; i++) {
      float affinity = (float) number(row, columns.affinities[i]);
      if (!Float.isFinite(affinity)) {
        throw new LineRejectedException(
            Rejection.INVALID_CONTEXT,
            columns.names.get(columns.affinities[i]) + " must be finite: " + affinity);
      }
      context.affinity(i, affinity);
    }
    return context.build();
  }

  private double number(List<String> row, int column) throws LineRejectedException {
    String text = value(row, column);
    if (text.equals("0.0") || text.equals("0")) {
      return 0;
    }
    try {
      return DecimalText.number(text);
    } catch (NumberFormatException e) {
      throw malformed(columns.names.get(column), "must be a number: " + text);
    }
  }

  private String value(List<String> row, int column) throws LineRejectedException {
    String value = row.get(column).trim();
    if (value.isEmpty()) {
      throw new LineRejectedException(
          Rejection.MISSING_FIELD, columns.names.get(column) + " must have a value: none");
    }
    return value;
  }

  static String text(byte[] raw) throws LineRejectedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("line", "must be UTF-8");
    }
  }

  private static LineRejectedException malformed(String field, String problem) {
    return new LineRejectedException(Rejection.MALFORMED, field + ": " + problem);
  }

  private static String zeroPadded(long line) {
    String digits = Long.toString(line);
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }
}
