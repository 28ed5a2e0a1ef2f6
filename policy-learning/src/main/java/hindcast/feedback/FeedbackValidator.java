package hindcast.feedback;

import java.util.List;

/**
 * Decides whether an impression or a reward is usable, on plain values.
 *
 * <p>Each check returns null for a valid record, else the first violated rule. Rules are checked in
 * a fixed order, so that one broken record always has the same reason. The only clock is the time
 * at which the broker stored the record: replaying a topic gives the same verdicts.
 *
 * <ul>
 *   <li>ids: 1 to {@value #MAX_ID_LENGTH} characters, none of them a control character;
 *   <li>event times: microseconds since 1970, before the year 10000, at most the tolerance after
 *       the broker's append time;
 *   <li>propensity: absent, or in (0, 1] and at least the floor;
 *   <li>reward: of a kind the formula knows, and a number inside the range; the value of an
 *       activation is not read.
 * </ul>
 */
public final class FeedbackValidator {
  /** Longest accepted id, in characters. */
  public static final int MAX_ID_LENGTH = 512;

  /** The segment that estimates over everything are reported under; no impression may have it. */
  public static final String ALL_SEGMENTS = "*";

  /** Append time of a record that no broker has stored: the future is then not checked. */
  public static final long NO_APPEND_TIME = EventTime.NO_APPEND_TIME;

  private final RewardRange rewardRange;
  private final RewardFormula formula;
  private final EventTime eventTime;
  private final double propensityFloor;

  /**
   * @param rewardRange range of a single reward in the user's unit
   * @param futureToleranceMicros how far an event time may lie after the broker's append time
   * @param propensityFloor smallest accepted propensity, in [0, 1); 0 accepts every positive one
   */
  public FeedbackValidator(
      RewardRange rewardRange, long futureToleranceMicros, double propensityFloor) {
    this(RewardFormula.sum(rewardRange), futureToleranceMicros, propensityFloor);
  }

  /**
   * @param formula what is done with rewards: which kinds it knows and their range
   * @param futureToleranceMicros how far an event time may lie after the broker's append time
   * @param propensityFloor smallest accepted propensity, in [0, 1); 0 accepts every positive one
   */
  public FeedbackValidator(
      RewardFormula formula, long futureToleranceMicros, double propensityFloor) {
    if (!(propensityFloor >= 0 && propensityFloor < 1)) {
      throw new IllegalArgumentException("propensity floor must be in [0, 1): " + propensityFloor);
    }
    this.formula = formula;
    this.rewardRange = formula.rangeOfOne();
    this.eventTime = new EventTime(futureToleranceMicros);
    this.propensityFloor = propensityFloor;
  }

  /** Range of a single reward. */
  public RewardRange rewardRange() {
    return rewardRange;
  }

  /**
   * Checks the fields of an impression except its context.
   *
   * @param appendTimeMillis broker's append time, or {@link #NO_APPEND_TIME}
   * @param eligibleItemIds the items that could have been shown; null for the whole catalogue
   * @param propensity null where the serving policy did not state it
   * @return null when valid
   */
  public Reject checkImpression(
      String impressionId,
      long eventTimeMicros,
      long appendTimeMillis,
      String segment,
      String itemId,
      int position,
      List<String> eligibleItemIds,
      Double propensity,
      String policyId) {
    Reject reject = checkId("impressionId", impressionId, impressionId, Rejection.INVALID_ID);
    if (reject == null) {
      reject = eventTime.check(eventTimeMicros, appendTimeMillis, at(impressionId));
    }
    if (reject == null) {
      reject = checkId("segment", segment, impressionId, Rejection.INVALID_ID);
    }
    if (reject == null && segment.equals(ALL_SEGMENTS)) {
      reject =
          new Reject(
              Rejection.INVALID_ID,
              "segment must not be "
                  + ALL_SEGMENTS
                  + ", which stands for all segments"
                  + at(impressionId)
                  + "; name the segment");
    }
    if (reject == null) {
      reject = checkId("policyId", policyId, impressionId, Rejection.INVALID_ID);
    }
    if (reject == null) {
      reject = checkId("itemId", itemId, impressionId, Rejection.INVALID_ITEM);
    }
    if (reject == null && eligibleItemIds != null && !eligibleItemIds.contains(itemId)) {
      reject =
          new Reject(
              Rejection.ITEM_NOT_ELIGIBLE,
              "itemId must be one of the "
                  + eligibleItemIds.size()
                  + " eligible items: "
                  + itemId
                  + at(impressionId)
                  + "; log the list the item was chosen from, or none");
    }
    if (reject == null && position < 0) {
      reject =
          new Reject(
              Rejection.INVALID_POSITION,
              "position must be at least 0: "
                  + position
                  + at(impressionId)
                  + "; use 0 where there is only one");
    }
    if (reject == null && propensity != null) {
      reject = checkPropensity(propensity, impressionId);
    }
    return reject;
  }

  /** Checks a propensity; null when valid. */
  public Reject checkPropensity(double propensity, String impressionId) {
    if (!(propensity > 0 && propensity <= 1)) {
      return new Reject(
          Rejection.INVALID_PROPENSITY,
          "propensity must be in (0, 1]: "
              + propensity
              + at(impressionId)
              + "; leave it out where it is not known");
    }
    if (propensity < propensityFloor) {
      return new Reject(
          Rejection.INVALID_PROPENSITY,
          "propensity must be at least the configured floor "
              + propensityFloor
              + ": "
              + propensity
              + at(impressionId)
              + "; lower propensity.floor or explore more");
    }
    return null;
  }

  /**
   * Checks how many draws of the serving policy a propensity was counted from.
   *
   * @param propensity null where the serving policy did not state it
   * @param draws 0 where the propensity is exact
   * @return null when valid
   */
  public Reject checkPropensityDraws(Double propensity, long draws, String impressionId) {
    if (draws == 0 || (draws > 0 && propensity != null && propensity * draws >= 1e-12)) {
      return null;
    }
    return new Reject(
        Rejection.INVALID_PROPENSITY,
        "propensityDraws must be 0, or at least 1 beside a propensity: "
            + draws
            + " with propensity "
            + propensity
            + at(impressionId)
            + "; log how many draws it was counted from, or 0 where it is exact");
  }

  /**
   * Checks context features as {@link Context} does, before one is built.
   *
   * @param indices strictly increasing feature indices below {@code dimension}; null for a dense
   *     context
   * @return null when valid
   */
  public Reject checkContext(int dimension, int[] indices, float[] values, String impressionId) {
    if (values == null) {
      return new Reject(
          Rejection.MISSING_FIELD, "context must have values: none" + at(impressionId));
    }
    if (dimension < 1 || (indices == null ? values.length : indices.length) != values.length) {
      return contextReject(
          "dimension must be at least 1 and indices as many as values: dimension "
              + dimension
              + ", "
              + (indices == null ? values.length : indices.length)
              + " indices, "
              + values.length
              + " values",
          impressionId);
    }
    if (indices == null && values.length != dimension) {
      return contextReject(
          "a dense context must have as many values as dimensions: "
              + values.length
              + " of "
              + dimension,
          impressionId);
    }
    int previous = -1;
    for (int k = 0; k < values.length; k++) {
      if (!Float.isFinite(values[k])) {
        return contextReject("features must be finite: " + values[k] + " at " + k, impressionId);
      }
      if (indices != null) {
        if (indices[k] <= previous || indices[k] >= dimension) {
          return contextReject(
              "indices must increase and be below " + dimension + ": " + indices[k] + " at " + k,
              impressionId);
        }
        previous = indices[k];
      }
    }
    return null;
  }

  /** Checks the fields of a reward; null when valid. */
  public Reject checkReward(
      String impressionId,
      String rewardId,
      String kind,
      long eventTimeMicros,
      long appendTimeMillis,
      double value) {
    if (!formula.accepts(kind)) {
      return new Reject(
          Rejection.UNKNOWN_KIND,
          "kind of a reward must be one of the configured ones: "
              + (kind.length() > MAX_ID_LENGTH ? "too long" : kind)
              + at(impressionId)
              + "; add it to reward.kinds");
    }
    return checkReward(
        impressionId,
        rewardId,
        eventTimeMicros,
        appendTimeMillis,
        formula.activates(kind) ? rewardRange.min() : value);
  }

  /** Checks the fields of a reward without a kind; null when valid. */
  public Reject checkReward(
      String impressionId,
      String rewardId,
      long eventTimeMicros,
      long appendTimeMillis,
      double value) {
    Reject reject = checkId("impressionId", impressionId, impressionId, Rejection.INVALID_ID);
    if (reject == null) {
      reject = checkId("rewardId", rewardId, impressionId, Rejection.INVALID_ID);
    }
    if (reject == null) {
      reject = eventTime.check(eventTimeMicros, appendTimeMillis, at(impressionId));
    }
    if (reject == null && !rewardRange.contains(value)) {
      reject =
          new Reject(
              Rejection.INVALID_REWARD,
              "reward must be in ["
                  + rewardRange.min()
                  + ", "
                  + rewardRange.max()
                  + "]: "
                  + value
                  + at(impressionId)
                  + "; set reward.min and reward.max to the range of the product");
    }
    return reject;
  }

  private static Reject checkId(
      String field, String id, String impressionId, Rejection reasonIfInvalid) {
    if (id == null) {
      return new Reject(
          Rejection.MISSING_FIELD, field + " must be present: none" + at(impressionId));
    }
    if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
      return new Reject(
          reasonIfInvalid,
          field
              + " must have 1 to "
              + MAX_ID_LENGTH
              + " characters: "
              + id.length()
              + at(impressionId));
    }
    for (int k = 0; k < id.length(); k++) {
      if (Character.isISOControl(id.charAt(k))) {
        return new Reject(
            reasonIfInvalid,
            field
                + " must not hold control characters: U+"
                + String.format("%04X", (int) id.charAt(k))
                + " at "
                + k
                + at(impressionId));
      }
    }
    return null;
  }

  private static Reject contextReject(String message, String impressionId) {
    return new Reject(Rejection.INVALID_CONTEXT, message + at(impressionId));
  }

  private static String at(String impressionId) {
    return impressionId == null || impressionId.length() > MAX_ID_LENGTH
        ? ""
        : " (impression " + impressionId + ")";
  }
}
