package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a {@link LiveIndex} consists of at one moment: a built index over its base, the tail of
 * items added since, and the tombstones of both. Slots number the base first, then the tail; each
 * has the id of its item, increasing with the slot.
 *
 * <p>Everything is final. The arrays of the tail have room behind its end, where the next state
 * writes; nobody who has this state looks there. Tombstones only ever appear.
 */
final class LiveState {
  private static final int BLOCK = MinibatchKernels.BLOCK;
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  final MaximumInnerProductIndex base;
  final ItemEmbeddings baseVectors;
  final int[] ids;
  final int tail;
  private final float[] tailPacked;
  private final AtomicLongArray tombstones;

  /**
   * @param ids of every slot, with room for more
   * @param tail how many items the tail has
   * @param tailPacked vectors of the tail, with room for more
   * @param tombstones one bit a slot, with room for more
   */
  LiveState(
      MaximumInnerProductIndex base,
      ItemEmbeddings baseVectors,
      int[] ids,
      int tail,
      float[] tailPacked,
      AtomicLongArray tombstones) {
    this.base = base;
    this.baseVectors = baseVectors;
    this.ids = ids;
    this.tail = tail;
    this.tailPacked = tailPacked;
    this.tombstones = tombstones;
  }

  /** A base without tail and tombstones. */
  static LiveState of(MaximumInnerProductIndex base, ItemEmbeddings vectors, int[] ids) {
    AtomicLongArray tombstones = new AtomicLongArray(ids.length / 64 + 1);
    return new LiveState(base, vectors, ids, 0, new float[0], tombstones);
  }

  int baseSize() {
    return baseVectors.size();
  }

  /** How many slots are in use, those with tombstones included. */
  int slots() {
    return baseSize() + tail;
  }

  /** The slot of an id, or -1 where there is none. */
  int slot(int id) {
    return Math.max(-1, Arrays.binarySearch(ids, 0, slots(), id));
  }

  boolean removed(int slot) {
    return (tombstones.get(slot / 64) & 1L << slot) != 0;
  }

  /** Sets a tombstone; every search that begins afterwards sees it. */
  void remove(int slot) {
    tombstones.getAndUpdate(slot / 64, word -> word | 1L << slot);
  }

  /** A state with one more item at the end of the tail. For one writer at a time. */
  LiveState with(int id, float[] vector) {
    int slot = slots();
    int[] roomyIds = slot < ids.length ? ids : Arrays.copyOf(ids, 16 + slot + slot / 8);
    roomyIds[slot] = id;
    int length = Packing.length(Packing.blocks(tail + 1), vector.length);
    float[] roomy = length <= tailPacked.length ? tailPacked : grown(length, vector.length);
    for (int l = 0; l < vector.length; l++) {
      roomy[Packing.at(tail, vector.length) + l * BLOCK] = vector[l];
    }
    return new LiveState(base, baseVectors, roomyIds, tail + 1, roomy, roomyTombstones(slot));
  }

  /** The same state, whose tombstones are set without those who search this one seeing it. */
  LiveState withOwnTombstones() {
    long[] words = new long[tombstones.length()];
    for (int w = 0; w < words.length; w++) {
      words[w] = tombstones.get(w);
    }
    return new LiveState(base, baseVectors, ids, tail, tailPacked, new AtomicLongArray(words));
  }

  private float[] grown(int length, int dimension) {
    long doubled = Math.max(length, 2L * tailPacked.length);
    int blocks = (int) (Math.min(doubled, Integer.MAX_VALUE - 16) / ((long) BLOCK * dimension));
    return Arrays.copyOf(tailPacked, Math.max(length, Packing.length(blocks, dimension)));
  }

  private AtomicLongArray roomyTombstones(int slot) {
    if (slot / 64 < tombstones.length()) {
      return tombstones;
    }
    long[] words = new long[tombstones.length() + tombstones.length() / 8 + 16];
    for (int w = 0; w < tombstones.length(); w++) {
      words[w] = tombstones.get(w);
    }
    return new AtomicLongArray(words);
  }

  /** Copies the vector of a slot to {@code out[at]} and on. */
  void copyVector(int slot, ItemRows baseRows, float[] out, int at) {
    if (slot < baseSize()) {
      baseRows.read(slot, out, at, 1);
      return;
    }
    int dimension = baseVectors.dimension();
    int from = Packing.at(slot - baseSize(), dimension);
    for (int l = 0; l < dimension; l++) {
      out[at + l] = tailPacked[from + l * BLOCK];
    }
  }

  /** Offers every item of the tail that has no tombstone. */
  void offerTail(float[] query, TopScores best) {
    float[] scores = new float[BLOCK];
    for (int block = 0; block < Packing.blocks(tail); block++) {
      KERNELS.scoresOfOne(tailPacked, query.length, block, block + 1, query, scores, 0);
      int end = Math.min(BLOCK, tail - block * BLOCK);
      for (int j = 0; j < end; j++) {
        int slot = baseSize() + block * BLOCK + j;
        if (!removed(slot)) {
          best.offer(scores[j], slot);
        }
      }
    }
  }

  /** Offers every item of the base that has no tombstone: an exact search. */
  void offerBase(double[] h, TopScores best) {
    double[] scores = new double[baseSize()];
    baseVectors.scores(h, scores);
    for (int slot = 0; slot < scores.length; slot++) {
      if (!removed(slot)) {
        best.offer((float) scores[slot], slot);
      }
    }
  }

  /**
   * Offers what the index of the base finds; asks it for more until k of them have no tombstone or
   * it has nothing more.
   */
  void offerFound(double[] h, int k, int spare, TopScores best) {
    int wanted = (int) Math.min(baseSize(), (long) k + spare);
    int[] found = new int[wanted];
    int count = wanted == 0 ? 0 : base.topK(h, wanted, found);
    while (living(found, count) < k && count == wanted && wanted < baseSize()) {
      wanted = (int) Math.min(baseSize(), 2L * wanted);
      found = new int[wanted];
      count = base.topK(h, wanted, found);
    }
    double[] scores = new double[count];
    baseVectors.scores(h, found, count, scores);
    for (int j = 0; j < count; j++) {
      if (!removed(found[j])) {
        best.offer((float) scores[j], found[j]);
      }
    }
  }

  private int living(int[] found, int count) {
    int living = 0;
    for (int j = 0; j < count; j++) {
      living += removed(found[j]) ? 0 : 1;
    }
    return living;
  }
}
