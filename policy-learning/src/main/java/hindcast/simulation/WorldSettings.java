package hindcast.simulation;

import java.util.List;

/**
 * The size of a {@link SyntheticWorld}.
 *
 * @param seed everything in the world follows from it
 * @param items P, at least 2
 * @param embeddingDimension L, at least 1
 * @param contextDimension d, above the number of segments: the first features say the segment
 * @param contexts M, the number of distinct contexts, at least one a segment
 * @param segments names of the segments, all different
 */
public record WorldSettings(
    long seed,
    int items,
    int embeddingDimension,
    int contextDimension,
    int contexts,
    List<String> segments) {

  private static final List<String> COUNTRIES = List.of("br", "de", "fr", "in", "jp", "us");
  private static final int MOST_CONTEXTS = 512;
  private static final int FEWEST_CONTEXTS = 32;
  private static final int MOST_PAIRS = 40_000_000;

  public WorldSettings {
    segments = List.copyOf(segments);
    require(items >= 2, "a world needs at least 2 items: " + items);
    require(
        embeddingDimension >= 1, "embedding dimension must be at least 1: " + embeddingDimension);
    require(!segments.isEmpty(), "a world needs at least one segment");
    require(
        segments.stream().distinct().count() == segments.size(),
        "segments must differ: " + segments);
    require(
        contextDimension > segments.size(),
        "context dimension must be above the number of segments, "
            + segments.size()
            + ": "
            + contextDimension);
    require(
        contexts >= segments.size(),
        "a world needs at least one context a segment, " + segments.size() + ": " + contexts);
    require(
        (long) contexts * items <= Integer.MAX_VALUE - 8,
        "contexts times items must stay below 2^31: " + contexts + " x " + items);
  }

  /** The demo's world: 10,000 items, L = 32, d = 24, six countries. */
  public static WorldSettings of(long seed) {
    return of(seed, 10_000);
  }

  /**
   * The demo's world with another number of items. There are 512 contexts; fewer above 78,000
   * items, so that the table of reward probabilities stays below 160 MB up to 1.2 million items.
   */
  public static WorldSettings of(long seed, int items) {
    int contexts =
        Math.max(FEWEST_CONTEXTS, Math.min(MOST_CONTEXTS, MOST_PAIRS / Math.max(items, 1)));
    return new WorldSettings(seed, items, 32, 24, contexts, COUNTRIES);
  }

  /** The same with another L. */
  public WorldSettings withEmbeddingDimension(int dimension) {
    return new WorldSettings(seed, items, dimension, contextDimension, contexts, segments);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
