package hindcast.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.StampedLock;

/**
 * Top-K search by item id for serving, which follows the versions of a catalogue in one embedding
 * space without being built anew: what a version adds, removes or moves is added to and removed
 * from a {@link LiveIndex}, all of it at once. That rebuilds itself in the background when
 * additions, tombstones or recall say so.
 *
 * <p>What an approximate search finds here depends on the versions that went before and on when a
 * rebuild ended. It is for showing items to people; nothing that must be repeatable, no gradient
 * and no estimate, is computed with it. Safe for use by several threads; searches do not wait for
 * each other, only for the moment in which a version is changed.
 */
public final class LiveCatalogue {
  private final LiveIndex index;
  private final StampedLock lock = new StampedLock();
  private ItemCatalogue catalogue;
  private int[] liveIds;
  private int[] itemOf;

  /**
   * Serves a catalogue.
   *
   * @param builder makes the index, now and at each rebuild
   * @param executor runs rebuilds and probes
   */
  public LiveCatalogue(
      ItemCatalogue catalogue,
      LiveIndex.Builder builder,
      LiveIndexSettings settings,
      Executor executor) {
    this.catalogue = catalogue;
    this.index = new LiveIndex(catalogue.embeddings(), builder, settings, executor);
    this.liveIds = new int[catalogue.size()];
    Arrays.setAll(liveIds, item -> item);
    this.itemOf = liveIds.clone();
  }

  /**
   * Changes to another version.
   *
   * @return how many items were added, removed or moved
   * @throws IllegalArgumentException for a catalogue of another space or dimension
   */
  public synchronized int follow(ItemCatalogue next) {
    if (!next.embeddingSpace().equals(catalogue.embeddingSpace())
        || next.dimension() != catalogue.dimension()) {
      throw new IllegalArgumentException(
          "a live catalogue stays in its embedding space: "
              + next.embeddingSpace()
              + " is not "
              + catalogue.embeddingSpace());
    }
    int[] nextIds = new int[next.size()];
    List<Integer> changed = new ArrayList<>();
    boolean[] kept = new boolean[catalogue.size()];
    keep(next, nextIds, kept, changed);
    int[] removed = removed(kept);
    float[][] added = vectors(next, changed);
    long stamp = lock.writeLock();
    try {
      int id = index.change(removed, added);
      itemOf = Arrays.copyOf(itemOf, id + added.length);
      for (int item : changed) {
        nextIds[item] = id++;
      }
      for (int live : removed) {
        itemOf[live] = -1;
      }
      for (int item = 0; item < nextIds.length; item++) {
        itemOf[nextIds[item]] = item;
      }
      liveIds = nextIds;
      catalogue = next;
    } finally {
      lock.unlockWrite(stamp);
    }
    return removed.length + added.length;
  }

  /**
   * Items with the same id and the same vector stay; the others of the next version are changed.
   */
  private void keep(ItemCatalogue next, int[] nextIds, boolean[] kept, List<Integer> changed) {
    int[] before = next.ids().indexesIn(catalogue.ids());
    ItemRows oldRows = new ItemRows(catalogue.embeddings());
    ItemRows newRows = new ItemRows(next.embeddings());
    float[] oldVector = new float[next.dimension()];
    float[] newVector = new float[next.dimension()];
    for (int item = 0; item < next.size(); item++) {
      boolean same = before[item] >= 0;
      if (same) {
        oldRows.read(before[item], oldVector, 0, 1);
        newRows.read(item, newVector, 0, 1);
        same = Arrays.equals(oldVector, newVector);
      }
      if (same) {
        nextIds[item] = liveIds[before[item]];
        kept[before[item]] = true;
      } else {
        changed.add(item);
      }
    }
  }

  private int[] removed(boolean[] kept) {
    int[] removed = new int[kept.length];
    int count = 0;
    for (int item = 0; item < kept.length; item++) {
      if (!kept[item]) {
        removed[count++] = liveIds[item];
      }
    }
    return Arrays.copyOf(removed, count);
  }

  private static float[][] vectors(ItemCatalogue next, List<Integer> items) {
    ItemRows rows = new ItemRows(next.embeddings());
    float[][] vectors = new float[items.size()][next.dimension()];
    for (int k = 0; k < vectors.length; k++) {
      rows.read(items.get(k), vectors[k], 0, 1);
    }
    return vectors;
  }

  /** Ids of the k items of largest score in the version of this moment, best first. */
  public List<String> topK(double[] h, int k) {
    int[] found = new int[k];
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      int count = index.topK(h, k, found);
      ItemCatalogue items = catalogue;
      int[] toItem = itemOf;
      if (lock.validate(stamp)) {
        return names(items, toItem, found, count);
      }
    }
    stamp = lock.readLock();
    try {
      return names(catalogue, itemOf, found, index.topK(h, k, found));
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private static List<String> names(ItemCatalogue items, int[] toItem, int[] found, int count) {
    List<String> names = new ArrayList<>(count);
    for (int j = 0; j < count; j++) {
      names.add(items.idOf(toItem[found[j]]));
    }
    return names;
  }

  /** The version it serves. */
  public synchronized ItemCatalogue catalogue() {
    return catalogue;
  }

  /** The index behind it. */
  public LiveIndex index() {
    return index;
  }
}
