package hindcast.catalogue;

/**
 * When a {@link LiveIndex} is built anew, and how its recall is watched.
 *
 * @param tailShare share of added items at which it is built anew, in (0, 1]
 * @param tombstoneShare share of removed items at which it is built anew, in (0, 1]
 * @param fewest tail and tombstones together below which it is not, at least 1
 * @param probeEvery one search in so many is repeated exactly; 0 for none
 * @param recallK K of recall@K
 * @param recallFloor recall below which it alarms and is built anew
 * @param window searches the mean recall goes over
 */
public record LiveIndexSettings(
    double tailShare,
    double tombstoneShare,
    int fewest,
    int probeEvery,
    int recallK,
    double recallFloor,
    int window) {

  /** A tenth of tail, a fifth of tombstones, recall@256 of one search in 1000 with floor 0.8. */
  public static final LiveIndexSettings DEFAULT =
      new LiveIndexSettings(.1, .2, 1000, 1000, 256, .8, 200);

  /** Checked settings. */
  public LiveIndexSettings {
    requireShare("tail share", tailShare);
    requireShare("tombstone share", tombstoneShare);
    if (fewest < 1) {
      throw new IllegalArgumentException("changes before a rebuild must be at least 1: " + fewest);
    }
    if (probeEvery < 0) {
      throw new IllegalArgumentException(
          "searches between two probes must be at least 0: " + probeEvery);
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1]: " + share);
    }
  }

  /** Whether so many slots with such a tail and so many tombstones call for a rebuild. */
  boolean due(int slots, int tail, int tombstones) {
    return tail >= tailShare * slots || tombstones >= tombstoneShare * slots;
  }
}
