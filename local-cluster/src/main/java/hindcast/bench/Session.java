package hindcast.bench;

/**
 * What one user did.
 *
 * @param observed items that are known; their mean vector is the context
 * @param held items that are to be found; they have reward 1
 */
record Session(int[] observed, int[] held) {
  Session {
    if (observed.length == 0 || held.length == 0) {
      throw new IllegalArgumentException("a session needs items on both sides");
    }
  }

  /** Items at even places are observed, at odd places held. */
  static Session halves(int[] items) {
    int[] observed = new int[(items.length + 1) / 2];
    int[] held = new int[items.length / 2];
    for (int k = 0; k < items.length; k++) {
      (k % 2 == 0 ? observed : held)[k / 2] = items[k];
    }
    return new Session(observed, held);
  }
}
