package hindcast.catalogue;

/** Told how far the building of an index is; called from the thread that builds. */
@FunctionalInterface
public interface BuildProgress {
  /** Tells nobody. */
  BuildProgress SILENT = (phase, done, total) -> {};

  /**
   * A step is done.
   *
   * @param phase what is being done, as one reads it in a progress bar: {@code "clusters"}
   * @param done how many steps of this phase are done
   * @param total of how many
   */
  void report(String phase, long done, long total);
}
