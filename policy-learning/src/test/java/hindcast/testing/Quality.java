package hindcast.testing;

/** Sizes of the statistics tests: short in each build, long with {@code hindcast.quality=full}. */
public final class Quality {
  private Quality() {}

  /** Whether the long form runs. */
  public static boolean full() {
    return "full".equals(System.getProperty("hindcast.quality"));
  }

  /** The size that applies. */
  public static int size(int brief, int full) {
    return full() ? full : brief;
  }
}
