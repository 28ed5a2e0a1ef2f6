package hindcast.gradient;

import java.util.List;

/**
 * The estimators a watched gradient moves between, the fastest first: forms of the partition, each
 * more careful than the one before, then exact sums.
 */
final class Ladder {
  private static final List<PartitionForm> FORMS =
      List.of(
          PartitionForm.FAST,
          PartitionForm.STANDARD,
          new PartitionForm(500, 4096),
          new PartitionForm(1000, 8192),
          new PartitionForm(2000, 8192),
          new PartitionForm(4000, 8192),
          new PartitionForm(8000, 8192));

  /** Where a watch begins. */
  static final int STANDARD = 1;

  /** The last step: exact sums. */
  static final int EXACT = FORMS.size();

  private Ladder() {}

  /** The form of a step; null for exact sums. */
  static PartitionForm form(int level) {
    return level >= EXACT ? null : FORMS.get(level);
  }

  /** A step in words. */
  static String name(int level) {
    return level >= EXACT ? "exact" : FORMS.get(level).toString();
  }
}
