package hindcast.simulation;

import hindcast.catalogue.CatalogueIndexes;

/**
 * How the items of a world lie and who is pleased by them, by the number of items:
 *
 * <pre>
 *   β_a = e^{s ν_a} (c μ_g(a) + w ε_a) / √L        μ, ε ∈ ℝᴸ and ν ∈ ℝ standard normal
 * </pre>
 *
 * <p>Up to 50,000 items, where every sum runs over all of them: 64 loose groups, c = .6, w = .8, of
 * nearly equal lengths, s = .1. Above, as embeddings of large catalogues are: one group for 2,000
 * items (64 at least), c = .954, w = .3, and lengths that vary, s = .7 (one item in a hundred is
 * longer than five medians). Since scores then have long tails too, a large world is harder to
 * please (rewards begin at a higher score) and its logging policy less sharp; both keep the logging
 * policy far from uniform and far from the best at any size.
 *
 * @param groups how many groups
 * @param centre c
 * @param within w
 * @param lengthDeviation s
 * @param middle the score, in deviations, that is rewarded half of the time
 * @param loggingDeviation deviation of the scores of the logging policy
 */
record WorldShape(
    int groups,
    double centre,
    double within,
    double lengthDeviation,
    double middle,
    double loggingDeviation) {
  private static final WorldShape SMALL = new WorldShape(64, .6, .8, .1, 2.6, 1.5);
  private static final int ITEMS_OF_A_GROUP = 2_000;
  private static final int FEWEST_GROUPS = 64;
  private static final double WITHIN = .3;

  /** The shape of a world of so many items. */
  static WorldShape of(int items) {
    return CatalogueIndexes.isSmall(items)
        ? SMALL
        : new WorldShape(
            Math.max(FEWEST_GROUPS, items / ITEMS_OF_A_GROUP),
            Math.sqrt(1 - WITHIN * WITHIN),
            WITHIN,
            .7,
            5,
            .4);
  }
}
