package hindcast.catalogue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * An index that is built once, in the background or by the first who needs it; everybody else waits
 * for the same. One that failed is told to whoever asks next, and then forgotten. Safe for use by
 * several threads.
 */
final class BuiltOnce<T> {
  private final IndexKind kind;
  private final ItemEmbeddings embeddings;
  private final Supplier<T> builder;
  private CompletableFuture<T> building;

  BuiltOnce(IndexKind kind, ItemEmbeddings embeddings, Supplier<T> builder) {
    this.kind = kind;
    this.embeddings = embeddings;
    this.builder = builder;
  }

  /** Has it built unless it is there or being built. */
  synchronized void start(Executor executor) {
    if (building == null) {
      CompletableFuture<T> begun = new CompletableFuture<>();
      building = begun;
      executor.execute(() -> build(begun));
    }
  }

  /**
   * The index, waiting for it if need be.
   *
   * @throws IndexBuildException if it could not be built
   */
  T get() {
    CompletableFuture<T> asked;
    CompletableFuture<T> mine = null;
    synchronized (this) {
      if (building == null) {
        mine = new CompletableFuture<>();
        building = mine;
      }
      asked = building;
    }
    if (mine != null) {
      build(mine);
    }
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the " + kind.text(), e);
    } catch (ExecutionException e) {
      forget(asked);
      throw (IndexBuildException) e.getCause();
    }
  }

  private void build(CompletableFuture<T> future) {
    try {
      future.complete(builder.get());
    } catch (RuntimeException | OutOfMemoryError e) {
      future.completeExceptionally(new IndexBuildException(kind, embeddings, e));
    } finally {
      future.completeExceptionally(
          new IndexBuildException(kind, embeddings, new IllegalStateException("the build died")));
    }
  }

  private synchronized void forget(CompletableFuture<T> failed) {
    building = building == failed ? null : building;
  }

  /** Uses one that was made elsewhere. */
  synchronized void use(T made) {
    building = CompletableFuture.completedFuture(made);
  }

  synchronized IndexState state() {
    if (building == null) {
      return IndexState.NONE;
    }
    if (!building.isDone()) {
      return IndexState.BUILDING;
    }
    return building.isCompletedExceptionally() ? IndexState.FAILED : IndexState.READY;
  }
}
