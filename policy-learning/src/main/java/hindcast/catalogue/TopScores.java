package hindcast.catalogue;

/**
 * The k largest scores of a stream, with the number each belongs to: a heap whose root is the
 * smallest kept. Of equal scores the smaller number is kept and comes first. Buffers grow to the
 * largest k asked for; one object serves one thread.
 */
final class TopScores {
  private float[] scores = new float[0];
  private int[] ids = new int[0];
  private int capacity;
  private int count;

  /** Begins anew with room for k. */
  void clear(int k) {
    if (k > ids.length) {
      scores = new float[k];
      ids = new int[k];
    }
    capacity = k;
    count = 0;
  }

  /** What a score must reach to be kept: negative infinity until there are k. */
  float threshold() {
    if (count < capacity) {
      return Float.NEGATIVE_INFINITY;
    }
    return capacity == 0 ? Float.POSITIVE_INFINITY : scores[0];
  }

  /** Takes a score into account. */
  void offer(float score, int id) {
    if (count < capacity) {
      rise(count++, score, id);
    } else if (capacity > 0 && worse(scores[0], ids[0], score, id)) {
      sink(score, id, count);
    }
  }

  /** Takes {@code length} scores into account, those of consecutive numbers. */
  void offerAll(float[] values, int from, int length, int firstId) {
    for (int j = 0; j < length; j++) {
      if (values[from + j] >= threshold()) {
        offer(values[from + j], firstId + j);
      }
    }
  }

  int count() {
    return count;
  }

  /** Sorts what is kept, the largest score first; nothing may be offered afterwards. */
  void sort() {
    for (int end = count - 1; end > 0; end--) {
      float score = scores[0];
      int id = ids[0];
      sink(scores[end], ids[end], end);
      scores[end] = score;
      ids[end] = id;
    }
  }

  float score(int j) {
    return scores[j];
  }

  int id(int j) {
    return ids[j];
  }

  private static boolean worse(float score, int id, float other, int otherId) {
    return score < other || (score == other && id > otherId);
  }

  private void rise(int from, float score, int id) {
    int child = from;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!worse(score, id, scores[parent], ids[parent])) {
        break;
      }
      scores[child] = scores[parent];
      ids[child] = ids[parent];
      child = parent;
    }
    scores[child] = score;
    ids[child] = id;
  }

  /** Lets a score sink from the root of the first {@code size}. */
  private void sink(float score, int id, int size) {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && worse(scores[child + 1], ids[child + 1], scores[child], ids[child])) {
        child++;
      }
      if (!worse(scores[child], ids[child], score, id)) {
        break;
      }
      scores[parent] = scores[child];
      ids[parent] = ids[child];
      parent = child;
    }
    scores[parent] = score;
    ids[parent] = id;
  }
}
