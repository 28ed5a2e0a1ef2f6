package hindcast.catalogue;

/** An index that could not be built, and why; thrown to whoever needs it. */
public final class IndexBuildException extends RuntimeException {
  private static final long serialVersionUID = 1;

  IndexBuildException(IndexKind kind, ItemEmbeddings items, Throwable cause) {
    super(
        "the %s of %d x %d cannot be built: %s"
            .formatted(
                kind.text(),
                items.size(),
                items.dimension(),
                cause instanceof OutOfMemoryError
                    ? "it must fit into the heap, give the process more memory"
                    : cause.toString()),
        cause);
  }
}
