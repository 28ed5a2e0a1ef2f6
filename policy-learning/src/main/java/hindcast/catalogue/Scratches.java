package hindcast.catalogue;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Buffers lent to whoever searches, so that several threads search at once and none allocates: as
 * many as were ever needed together, up to 64. Never blocks.
 */
final class Scratches<T> {
  private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(64);
  private final Supplier<T> maker;

  Scratches(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Runs something with a buffer of its own. */
  <R> R with(Function<T, R> use) {
    T scratch = take();
    try {
      return use.apply(scratch);
    } finally {
      putBack(scratch);
    }
  }

  private T take() {
    for (int j = 0; j < idle.length(); j++) {
      if (idle.get(j) != null) {
        T scratch = idle.getAndSet(j, null);
        if (scratch != null) {
          return scratch;
        }
      }
    }
    return maker.get();
  }

  private void putBack(T scratch) {
    for (int j = 0; j < idle.length(); j++) {
      if (idle.get(j) == null && idle.compareAndSet(j, null, scratch)) {
        return;
      }
    }
  }
}
