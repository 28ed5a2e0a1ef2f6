package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;

/**
 * Formats {@code csv} and {@code jsonl}: separated values and JSON lines, with a mapping file that
 * says in YAML which column, or field, is what.
 *
 * <ul>
 *   <li>{@code item}, the shown item, is needed, and a {@code reward} or a section {@code rewards}
 *   <li>{@code id}: without one, or on a line without a value, the line number, zero-padded to 12
 *       digits
 *   <li>{@code time}, see {@code MappedTime}: without one, or on a line without a value, the line
 *       number in seconds after 1970
 *   <li>{@code propensity}, {@code position}, {@code slate}, {@code policy}, {@code policy-version}
 *   <li>{@code segment}: a column or several, whose values are joined by {@code /}
 *   <li>{@code context}: see {@code MappedFeature}; {@code intercept}, a 1 before them, unless
 *       false
 *   <li>{@code items}: the items there are, where they are known; {@code eligible}: a list on each
 *       line; {@code probabilities}: a list on each line, or a column for each of {@code items}.
 *       Where there is no {@code propensity}, it is the shown item's
 *   <li>{@code reward}: name to column, see {@code MappedReward}
 *   <li>{@code rewards}: how a file of rewards is read, with {@code id}, {@code time}, {@code
 *       name}, {@code value}; without a {@code reward-id}, rewards of one impression, name and time
 *       are copies
 *   <li>{@code csv}: {@code delimiter}, {@code quotes}, {@code header}; without a header columns
 *       are numbers from 1
 * </ul>
 *
 * <p>Rejects: {@link Rejection#MISSING_FIELD} for a value that is not there; {@link
 * Rejection#INVALID_TIME} for a year outside 1970 to 9999; {@link Rejection#INVALID_PROPENSITY} for
 * probabilities outside (0, 1]; {@link Rejection#INVALID_REWARD} outside the range; {@link
 * Rejection#INVALID_CONTEXT} for features that are not finite or not declared; {@link
 * Rejection#INVALID_POSITION} below 0; {@link Rejection#ITEM_NOT_ELIGIBLE}; {@link
 * Rejection#MALFORMED} for everything else.
 *
 * <p>Errors: {@link MappingException} with every problem of the mapping.
 */
public final class MappedFormat implements LogFormat {
  /** What {@code --format} calls separated values. */
  public static final String CSV = "csv";

  /** What {@code --format} calls JSON lines. */
  public static final String JSON_LINES = "jsonl";

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String file;
  private final String yaml;
  private final double smallestReward;
  private final double largestReward;
  private final boolean rewardFile;
  private final boolean header;

  /**
   * @param name {@link #CSV} or {@link #JSON_LINES}
   * @param file what messages call the mapping
   * @param yaml what is in it
   * @param rewardRange range of a reward in the user's unit
   */
  public MappedFormat(String name, String file, String yaml, RewardRange rewardRange) {
    this(name, file, yaml, rewardRange.min(), rewardRange.max(), false);
  }

  private MappedFormat(
      String name, String file, String yaml, double min, double max, boolean rewardFile) {
    this.name = name;
    this.file = file;
    this.yaml = yaml;
    this.smallestReward = min;
    this.largestReward = max;
    this.rewardFile = rewardFile;
    this.header = lines(mapping()).header();
  }

  private Mapping mapping() {
    return MappingReader.read(file, yaml, name.equals(CSV));
  }

  private MappedLines lines(Mapping mapping) {
    if (!rewardFile) {
      return mapping.lines();
    }
    if (mapping.rewardFile() == null) {
      throw new IllegalArgumentException(
          "mapping "
              + file
              + ": rewards: nothing: a file of rewards needs it; name id, time, name and value");
    }
    return mapping.rewardFile().lines();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean hasHeader() {
    return header;
  }

  @Override
  public LogFormat rewards() {
    return new MappedFormat(name, file, yaml, smallestReward, largestReward, true);
  }

  @Override
  public LineParser parser(byte[] headerLine) {
    Mapping mapping = mapping();
    RewardRange range = new RewardRange(smallestReward, largestReward);
    try {
      FieldValues values = lines(mapping).values(headerLine);
      return rewardFile
          ? new MappedRewards(mapping.rewardFile(), values, range)
          : new MappedParser(mapping, values, range);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("mapping " + file + ": " + e.getMessage(), e);
    }
  }
}
