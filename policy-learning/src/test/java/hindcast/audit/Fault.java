package hindcast.audit;

/**
 * A fault that {@link FaultyLog} puts into a sound log, at the size its finding promises to find.
 */
enum Fault {
  NONE(null, LogStyle.ROWS),
  PROPENSITIES_TOO_SMALL(FindingKind.MEAN_WEIGHT, LogStyle.SOFTMAX),
  BOOSTED_ITEM(FindingKind.ITEM_WEIGHT, LogStyle.SOFTMAX),
  SWAPPED_SEGMENTS(FindingKind.CALIBRATION, LogStyle.TABLE),
  SWAPPED_ROWS(FindingKind.CALIBRATION, LogStyle.ROWS),
  CACHED_ITEMS(FindingKind.CONTEXT_CALIBRATION, LogStyle.SOFTMAX),
  GREEDY_FOR_EXPLORED(FindingKind.GREEDY_PROPENSITY, LogStyle.EPSILON_GREEDY),
  UNNORMALISED_ROWS(FindingKind.INVALID_ROW, LogStyle.ROWS),
  OUTSIDE_THE_SET(FindingKind.ITEM_NOT_ELIGIBLE, LogStyle.ROWS),
  TWO_DECIMALS(FindingKind.ROUNDED_PROPENSITIES, LogStyle.SOFTMAX),
  PLACEHOLDER(FindingKind.REPEATED_PROPENSITY, LogStyle.SOFTMAX),
  OTHER_VERSION(FindingKind.VERSION_SKEW, LogStyle.TABLE),
  STALE_SERVERS(FindingKind.VERSION_SKEW, LogStyle.TABLE),
  DEPENDENT_REWARDS(FindingKind.CLUSTER_DEPENDENCE, LogStyle.SOFTMAX),
  NEVER_SHOWN(FindingKind.UNSUPPORTED_MASS, LogStyle.SOFTMAX),
  FAR_POLICY(FindingKind.LITTLE_SUPPORT, LogStyle.EPSILON_GREEDY),
  LOST_SEGMENT(FindingKind.SAMPLE_RATIO, LogStyle.SOFTMAX),
  NO_PROPENSITY(FindingKind.MISSING_PROPENSITIES, LogStyle.SOFTMAX),
  ZERO_PROPENSITY(FindingKind.INVALID_PROPENSITIES, LogStyle.SOFTMAX),
  BROKEN_RECORDS(FindingKind.REJECTED_RECORDS, LogStyle.SOFTMAX),
  INNER_JOIN(FindingKind.LOST_ZEROS, LogStyle.SOFTMAX),
  SHORT_WINDOW(FindingKind.LATE_REWARDS, LogStyle.SOFTMAX),
  LOST_IMPRESSIONS(FindingKind.ORPHAN_REWARDS, LogStyle.SOFTMAX),
  BETTER_WORLD(FindingKind.REWARD_DRIFT, LogStyle.SOFTMAX),
  SHIFTED_FEATURE(FindingKind.CONTEXT_DRIFT, LogStyle.SOFTMAX),
  SILENT_UPDATE(FindingKind.LOGGING_DRIFT, LogStyle.TABLE);

  final FindingKind kind;
  final LogStyle style;

  Fault(FindingKind kind, LogStyle style) {
    this.kind = kind;
    this.style = style;
  }
}
