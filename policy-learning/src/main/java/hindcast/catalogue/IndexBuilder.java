package hindcast.catalogue;

/** The options every builder of an index has. */
abstract class IndexBuilder<B extends IndexBuilder<B>> {
  final ItemEmbeddings embeddings;
  int threads = Runtime.getRuntime().availableProcessors();
  BuildProgress progress = BuildProgress.SILENT;

  IndexBuilder(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
  }

  /** This builder, as what it is. */
  abstract B self();

  /** Threads that build, at least 1. */
  public B threads(int count) {
    threads = atLeast(1, count, "threads");
    return self();
  }

  /** Who is told how far it is. */
  public B progress(BuildProgress told) {
    progress = told;
    return self();
  }

  static int atLeast(int lowest, int value, String name) {
    if (value < lowest) {
      throw new IllegalArgumentException(name + " must be at least " + lowest + ": " + value);
    }
    return value;
  }
}
