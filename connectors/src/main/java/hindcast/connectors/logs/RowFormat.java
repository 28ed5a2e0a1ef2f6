package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Formats {@code avro} and {@code parquet}: binary files, one decision a row. Columns are found by
 * the names of the fields of {@code hindcast.avro.Impression}, whatever their case and with or
 * without underscores ({@code impressionId}, {@code impression_id}); others are not read.
 *
 * <ul>
 *   <li>{@code impressionId}: where there is none the number of the row, zero-padded to 12 digits
 *   <li>{@code eventTimeMicros} or {@code eventTime}: microseconds since 1970, a timestamp of the
 *       file's own type, or a text; where there is none the number of the row in seconds after 1970
 *   <li>{@code itemId}; text or whole numbers
 *   <li>{@code segment}, {@code position}, {@code slateId}, {@code propensity}, {@code
 *       propensityDraws}, {@code policyId}, {@code policyVersion}: as in the contract
 *   <li>{@code eligibleItemIds}: a list; {@code probabilities}: a list beside it, from which the
 *       propensity is taken where there is none
 *   <li>{@code context}: see {@code RowContext}; the same dimension in every row
 *   <li>{@code reward}: a number, none for 0, at {@code rewardTime} or the time of the impression;
 *       {@code rewards}: a list of numbers, or of records with {@code value} and, where they have
 *       them, {@code rewardId}, {@code eventTimeMicros} and {@code kind}
 * </ul>
 *
 * <p>A file of rewards alone has the fields of {@code hindcast.avro.Reward}: {@code impressionId},
 * {@code eventTimeMicros} or {@code eventTime}, {@code value}, {@code rewardId} (else the number of
 * the row), {@code kind}.
 *
 * <p>Rejects, with the row as JSON: {@link Rejection#MISSING_FIELD}, {@link
 * Rejection#INVALID_TIME}, {@link Rejection#INVALID_CONTEXT}, {@link Rejection#ITEM_NOT_ELIGIBLE},
 * {@link Rejection#INVALID_POSITION}, {@link Rejection#INVALID_PROPENSITY}, {@link
 * Rejection#INVALID_REWARD}, and {@link Rejection#MALFORMED} for a value of another type. Errors:
 * {@link IOException} with file and row where the file is cut or a part of it is broken.
 */
public final class RowFormat implements LogFormat {
  /** What {@code --format} calls Avro container files. */
  public static final String AVRO = "avro";

  /** What {@code --format} calls Parquet files. */
  public static final String PARQUET = "parquet";

  private static final long serialVersionUID = 1L;
  private static final Set<String> OF_IMPRESSIONS =
      Set.of(
          "impressionid",
          "eventtimemicros",
          "eventtime",
          "segment",
          RowContext.COLUMN,
          "itemid",
          "position",
          "slateid",
          "eligibleitemids",
          "probabilities",
          "propensity",
          "propensitydraws",
          "policyid",
          "policyversion",
          "reward",
          "rewardtime",
          "rewards");
  private static final Set<String> OF_REWARDS =
      Set.of("impressionid", "rewardid", "eventtimemicros", "eventtime", "value", "kind");

  private final String name;
  private final double smallestReward;
  private final double largestReward;
  private final boolean rewardsAlone;

  /**
   * @param name {@link #AVRO} or {@link #PARQUET}
   * @param rewardRange range of a reward in the user's unit
   */
  public RowFormat(String name, RewardRange rewardRange) {
    this(name, rewardRange.min(), rewardRange.max(), false);
  }

  private RowFormat(String name, double smallest, double largest, boolean rewardsAlone) {
    this.name = name;
    this.smallestReward = smallest;
    this.largestReward = largest;
    this.rewardsAlone = rewardsAlone;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public LineParser parser(byte[] header) {
    throw new UnsupportedOperationException("format " + name + " has no lines");
  }

  @Override
  public LogFormat rewards() {
    return new RowFormat(name, smallestReward, largestReward, true);
  }

  @Override
  public LogRecords open(Path file, LineParser shared) throws IOException {
    RowParser parser;
    try (RowFile first = rows(file)) {
      requireColumns(file, first.columns());
      parser =
          new RowParser(
              first.columns(), rewardsAlone, new RewardRange(smallestReward, largestReward));
      Map<String, Object> row = first.next();
      while (row != null && parser.parse(1, row).isRejected()) {
        row = first.next();
      }
    }
    return new RowRecords(rows(file), parser);
  }

  private RowFile rows(Path file) throws IOException {
    Set<String> wanted = rewardsAlone ? OF_REWARDS : OF_IMPRESSIONS;
    return name.equals(AVRO) ? AvroRows.open(file, wanted) : ParquetRows.open(file, wanted);
  }

  private void requireColumns(Path file, Set<String> columns) throws IOException {
    for (String needed : rewardsAlone ? Set.of("impressionid", "value") : Set.of("itemid")) {
      if (!columns.contains(needed)) {
        throw new IOException(
            file + " is no " + name + " log: it must have a column " + needed + ": " + columns);
      }
    }
  }
}
