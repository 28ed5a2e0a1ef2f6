package hindcast.catalogue;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An index to which items are added and from which they are removed while it is searched.
 *
 * <p>An added item goes to a tail that every search scans exactly; a removed one gets a tombstone
 * and is never found by a search that begins after its removal has returned. When tail or
 * tombstones have become too large a share, or recall has fallen below its floor ({@link
 * RecallProbe}), the index is built anew over the living items by the executor it was given, and
 * takes the place of the old one at once; what was added and removed meanwhile carries over.
 *
 * <p>Items have ids of their own: those at the start 0 to P − 1, then P, P + 1, ... as they are
 * added; a rebuild changes none, and none is used twice. {@link #topK} returns ids.
 *
 * <p>Searches read one immutable state and never wait; additions, removals and the switch exclude
 * each other for a moment. Memory: the base vectors once beside what the index holds (a {@link
 * PartitionIndex} holds them itself), twice while a rebuild runs.
 *
 * <p>There is no rebuild before {@link LiveIndexSettings#fewest} changes, whatever recall says: it
 * could not help. One that fails leaves the old state in use and is counted; as many further
 * changes try again.
 */
public final class LiveIndex implements MaximumInnerProductIndex {
  /** Builds the index of the base. */
  @FunctionalInterface
  public interface Builder {
    /** An index over some vectors; item a of it is vector a. */
    MaximumInnerProductIndex build(ItemEmbeddings embeddings);
  }

  private final LiveIndexSettings settings;
  private final Builder builder;
  private final Executor executor;
  private final RecallProbe probe;
  private final Scratches<TopScores> scratches = new Scratches<>(TopScores::new);
  private final AtomicInteger tombstones = new AtomicInteger();
  private final AtomicInteger rebuilds = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong searches = new AtomicLong();
  private volatile LiveState state;
  private volatile RuntimeException lastFailure;
  private int nextId;
  private int retryAt;
  private boolean rebuilding;

  /**
   * Builds the first base on the caller's thread.
   *
   * @param embeddings items 0 to P − 1
   * @param builder makes the index, now and at each rebuild; deterministic or not
   * @param executor runs rebuilds and probes; one thread is enough
   */
  public LiveIndex(
      ItemEmbeddings embeddings, Builder builder, LiveIndexSettings settings, Executor executor) {
    this.settings = settings;
    this.builder = builder;
    this.executor = executor;
    this.probe = new RecallProbe(settings.recallK(), settings.recallFloor(), settings.window());
    int[] ids = new int[embeddings.size()];
    Arrays.setAll(ids, a -> a);
    this.nextId = ids.length;
    MaximumInnerProductIndex base = builder.build(embeddings);
    this.state = LiveState.of(base, vectorsOf(base, embeddings), ids);
  }

  /** A partition keeps the vectors itself. */
  private static ItemEmbeddings vectorsOf(MaximumInnerProductIndex base, ItemEmbeddings given) {
    return base instanceof PartitionIndex partition ? partition.embeddings() : given;
  }

  /**
   * Removes some items and adds others at once: every search sees all of it or nothing.
   *
   * @param removed ids of living items, all different
   * @param added vectors
   * @return the first id of the added; the others follow it
   * @throws IllegalArgumentException for an id that is of no living item, or a vector that is
   *     wrong; then nothing is changed
   */
  public synchronized int change(int[] removed, float[][] added) {
    for (float[] vector : added) {
      requireVector(vector);
    }
    LiveState next = state.withOwnTombstones();
    for (int id : removed) {
      int slot = next.slot(id);
      if (slot < 0 || next.removed(slot)) {
        throw new IllegalArgumentException("a removed item must be there: " + id);
      }
      next.remove(slot);
    }
    int first = nextId;
    for (float[] vector : added) {
      next = next.with(nextId++, vector);
    }
    state = next;
    tombstones.addAndGet(removed.length);
    rebuildIfDue();
    return first;
  }

  private void requireVector(float[] vector) {
    int dimension = state.baseVectors.dimension();
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "an added item needs " + dimension + " components: " + vector.length);
    }
    for (float component : vector) {
      Shapes.requireFinite(component, nextId);
    }
  }

  /** Adds an item and returns its id. */
  public synchronized int add(float[] vector) {
    requireVector(vector);
    int id = nextId++;
    state = state.with(id, vector);
    rebuildIfDue();
    return id;
  }

  /** Removes an item; returns false when there is none of this id, or no longer. */
  public synchronized boolean remove(int id) {
    int slot = state.slot(id);
    if (slot < 0 || state.removed(slot)) {
      return false;
    }
    state.remove(slot);
    tombstones.incrementAndGet();
    rebuildIfDue();
    return true;
  }

  @Override
  public int topK(double[] h, int k, int[] idsOut) {
    LiveState now = state;
    int found =
        scratches.with(
            best -> {
              best.clear(Math.min(k, now.slots()));
              now.offerFound(h, k, Math.min(k, tombstones.get()), best);
              now.offerTail(Packing.single(h, h.length), best);
              return write(now, best, idsOut);
            });
    long each = settings.probeEvery();
    if (each > 0 && searches.incrementAndGet() % each == 0) {
      double[] query = h.clone();
      execute(() -> probe(query));
    }
    return found;
  }

  private static int write(LiveState state, TopScores best, int[] idsOut) {
    best.sort();
    for (int j = 0; j < best.count(); j++) {
      idsOut[j] = state.ids[best.id(j)];
    }
    return best.count();
  }

  /** The same by scanning every living item. */
  public int exactTopK(double[] h, int k, int[] idsOut) {
    LiveState now = state;
    return scratches.with(
        best -> {
          best.clear(Math.min(k, now.slots()));
          now.offerBase(h, best);
          now.offerTail(Packing.single(h, h.length), best);
          return write(now, best, idsOut);
        });
  }

  /** Measures the recall of one query, and orders a rebuild when the mean is below the floor. */
  public double probe(double[] h) {
    LiveState now = state;
    int k = settings.recallK();
    double[] found = scores(now, h, k, false);
    double[] best = scores(now, h, k, true);
    double recall = RecallProbe.recall(found, found.length, best);
    if (probe.add(recall)) {
      synchronized (this) {
        rebuildIfDue();
      }
    }
    return recall;
  }

  private double[] scores(LiveState now, double[] h, int k, boolean exact) {
    return scratches.with(
        best -> {
          best.clear(Math.min(k, now.slots()));
          if (exact) {
            now.offerBase(h, best);
          } else {
            now.offerFound(h, k, Math.min(k, tombstones.get()), best);
          }
          now.offerTail(Packing.single(h, h.length), best);
          best.sort();
          double[] scores = new double[best.count()];
          Arrays.setAll(scores, best::score);
          return scores;
        });
  }

  private void rebuildIfDue() {
    int changed = state.tail + tombstones.get();
    boolean due = probe.alarming() || settings.due(state.slots(), state.tail, tombstones.get());
    if (due && !rebuilding && changed >= Math.max(settings.fewest(), retryAt)) {
      startRebuild();
    }
  }

  /** Orders a rebuild now; returns false when one is under way or no item is left. */
  public synchronized boolean rebuild() {
    return !rebuilding && startRebuild();
  }

  private boolean startRebuild() {
    LiveState from = state;
    if (from.slots() == tombstones.get()) {
      return false;
    }
    rebuilding = true;
    if (!execute(() -> rebuildFrom(from))) {
      rebuilding = false;
    }
    return true;
  }

  /** Hands a task over; an executor that takes none is a failure to be seen in the counts. */
  private boolean execute(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      failed(e);
      return false;
    }
  }

  private synchronized void failed(RuntimeException e) {
    lastFailure = e;
    failures.incrementAndGet();
    retryAt = state.tail + tombstones.get() + settings.fewest();
  }

  private void rebuildFrom(LiveState from) {
    try {
      LivingItems living = LivingItems.of(from);
      MaximumInnerProductIndex base = builder.build(living.embeddings());
      ItemEmbeddings vectors = vectorsOf(base, living.embeddings());
      replace(from, LiveState.of(base, vectors, living.ids()));
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      finished();
    }
  }

  /** Carries over what was added and removed since, and switches. */
  private synchronized void replace(LiveState from, LiveState fresh) {
    LiveState now = state;
    LiveState next = fresh;
    int dead = 0;
    for (int slot = 0; slot < fresh.baseSize(); slot++) {
      if (now.removed(now.slot(fresh.ids[slot]))) {
        next.remove(slot);
        dead++;
      }
    }
    ItemRows rows = new ItemRows(now.baseVectors);
    for (int slot = from.slots(); slot < now.slots(); slot++) {
      if (!now.removed(slot)) {
        float[] vector = new float[now.baseVectors.dimension()];
        now.copyVector(slot, rows, vector, 0);
        next = next.with(now.ids[slot], vector);
      }
    }
    tombstones.set(dead);
    state = next;
    rebuilds.incrementAndGet();
    lastFailure = null;
    retryAt = 0;
    probe.restart();
  }

  private synchronized void finished() {
    rebuilding = false;
  }

  /** Living items. */
  public synchronized int size() {
    return state.slots() - tombstones.get();
  }

  /** Items added since the base was built, removed ones included. */
  public int tail() {
    return state.tail;
  }

  /** Removed items that still have a place. */
  public int tombstones() {
    return tombstones.get();
  }

  /** Rebuilds that have taken effect. */
  public int rebuilds() {
    return rebuilds.get();
  }

  /** Rebuilds that failed. */
  public int failures() {
    return failures.get();
  }

  /** Why the last rebuild failed, or null after one that did not. */
  public RuntimeException lastFailure() {
    return lastFailure;
  }

  /** Whether a rebuild is under way. */
  public synchronized boolean rebuilding() {
    return rebuilding;
  }

  /** Running recall. */
  public RecallProbe recall() {
    return probe;
  }
}
