package hindcast.catalogue;

import java.util.Arrays;

/** A queue of numbers that hands out the one of largest score first. Grows; for one thread. */
final class ScoreQueue {
  private float[] scores = new float[256];
  private int[] ids = new int[256];
  private int count;

  void clear() {
    count = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The largest score; the queue must not be empty. */
  float topScore() {
    return scores[0];
  }

  void add(float score, int id) {
    if (count == ids.length) {
      scores = Arrays.copyOf(scores, 2 * count);
      ids = Arrays.copyOf(ids, 2 * count);
    }
    int child = count++;
    while (child > 0 && scores[(child - 1) / 2] < score) {
      scores[child] = scores[(child - 1) / 2];
      ids[child] = ids[(child - 1) / 2];
      child = (child - 1) / 2;
    }
    scores[child] = score;
    ids[child] = id;
  }

  /** Removes and returns the number of largest score. */
  int poll() {
    int top = ids[0];
    count--;
    float score = scores[count];
    int id = ids[count];
    int parent = 0;
    while (2 * parent + 1 < count) {
      int child = 2 * parent + 1;
      if (child + 1 < count && scores[child + 1] > scores[child]) {
        child++;
      }
      if (scores[child] <= score) {
        break;
      }
      scores[parent] = scores[child];
      ids[parent] = ids[child];
      parent = child;
    }
    scores[parent] = score;
    ids[parent] = id;
    return top;
  }
}
