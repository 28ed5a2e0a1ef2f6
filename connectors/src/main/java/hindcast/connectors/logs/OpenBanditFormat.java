package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;

/**
 * Format {@code obd}: the csv files of the Open Bandit Dataset, of any campaign and policy.
 *
 * <p>Columns, found by the names in the header and in any order: {@code timestamp}, {@code
 * item_id}, {@code position}, {@code click}, {@code propensity_score}, {@code user_feature_*},
 * {@code user-item_affinity_*}; others, such as the unnamed index, are not read.
 *
 * <ul>
 *   <li>impression id: prefix and line number, zero-padded to 12 digits
 *   <li>event time: {@code timestamp}, to the microsecond
 *   <li>segment: the position as text
 *   <li>context: see {@code OpenBanditContext}
 *   <li>propensity: {@code propensity_score}, logged
 *   <li>reward: {@code click} at the time of the impression if it is not 0, else none
 * </ul>
 *
 * <p>Rejects: {@link Rejection#MISSING_FIELD} for a row that ends early or an empty value, {@link
 * Rejection#INVALID_TIME} for a year outside 1970 to 9999, {@link Rejection#INVALID_POSITION} for a
 * negative position, {@link Rejection#INVALID_PROPENSITY} for a number outside (0, 1], {@link
 * Rejection#INVALID_REWARD} for a click outside the reward range, {@link Rejection#INVALID_CONTEXT}
 * for an affinity that is not finite, {@link Rejection#MALFORMED} for everything else.
 *
 * <p>Source: Saito, Aihara, Matsutani, Narita, "Open Bandit Dataset and Pipeline",
 * arXiv:2008.07146.
 */
public final class OpenBanditFormat implements LogFormat {
  /** What {@code --format} calls it. */
  public static final String NAME = "obd";

  private static final long serialVersionUID = 1L;

  private final String idPrefix;
  private final double smallestReward;
  private final double largestReward;

  /** Ids without prefix, clicks in [0, 1]. */
  public OpenBanditFormat() {
    this("", RewardRange.UNIT);
  }

  /**
   * @param idPrefix begins every impression id
   * @param rewardRange range of a click in the user's unit
   */
  public OpenBanditFormat(String idPrefix, RewardRange rewardRange) {
    this.idPrefix = idPrefix;
    this.smallestReward = rewardRange.min();
    this.largestReward = rewardRange.max();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public LineParser parser(byte[] header) {
    try {
      String names = OpenBanditParser.text(header);
      boolean byteOrderMark = names.startsWith("\uFEFF");
      OpenBanditColumns columns =
          new OpenBanditColumns(CsvLine.split(byteOrderMark ? names.substring(1) : names));
      return new OpenBanditParser(
          columns, idPrefix, new RewardRange(smallestReward, largestReward));
    } catch (LineRejectedException e) {
      throw new IllegalArgumentException("header: " + e.getMessage(), e);
    }
  }
}
