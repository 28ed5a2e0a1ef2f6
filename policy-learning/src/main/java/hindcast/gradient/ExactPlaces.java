package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.PartitionedItems;
import java.util.Arrays;

/** For each of 32 contexts the places it must have exactly: of the logged item and of rewards. */
final class ExactPlaces {
  /** Whether a place is already counted for a context. */
  interface Covered {
    boolean test(int lane, int place);
  }

  private final PartitionedItems items;
  private final int[][] places = new int[LANES][1];
  private final int[] counts = new int[LANES];
  private final int[] logged = new int[LANES];

  ExactPlaces(PartitionedItems items) {
    this.items = items;
  }

  /** Takes the logged item and the known support of each event, each place once, increasing. */
  void fit(MinibatchContexts events, int from, int to) {
    for (int i = 0; i < to - from; i++) {
      int[] support = events.support()[from + i];
      int wanted = 1 + (support == null ? 0 : support.length);
      if (places[i].length < wanted) {
        places[i] = new int[wanted];
      }
      logged[i] = items.place(events.items()[from + i]);
      places[i][0] = logged[i];
      for (int j = 1; j < wanted; j++) {
        places[i][j] = items.place(support[j - 1]);
      }
      counts[i] = withoutRepeats(places[i], wanted);
    }
  }

  /** Takes the items {@code from} to {@code to} of an array, at least one for each context. */
  void fit(int[][] wanted, int from, int to) {
    for (int i = 0; i < to - from; i++) {
      int[] of = wanted[from + i];
      if (places[i].length < of.length) {
        places[i] = new int[of.length];
      }
      for (int j = 0; j < of.length; j++) {
        places[i][j] = items.place(of[j]);
      }
      logged[i] = places[i][0];
      counts[i] = withoutRepeats(places[i], of.length);
    }
  }

  private static int withoutRepeats(int[] sorted, int count) {
    Arrays.sort(sorted, 0, count);
    int kept = 0;
    for (int j = 0; j < count; j++) {
      if (kept == 0 || sorted[j] != sorted[kept - 1]) {
        sorted[kept++] = sorted[j];
      }
    }
    return kept;
  }

  /** Drops the places of a context that are already counted. */
  void keep(int lane, Covered covered) {
    int kept = 0;
    for (int j = 0; j < counts[lane]; j++) {
      if (!covered.test(lane, places[lane][j])) {
        places[lane][kept++] = places[lane][j];
      }
    }
    counts[lane] = kept;
  }

  /** Number of the first place of a context that lies in a block or behind it. */
  int firstIn(int lane, int block) {
    int from = block * BLOCK;
    int j = 0;
    while (j < counts[lane] && places[lane][j] < from) {
      j++;
    }
    return j;
  }

  /** The place of the logged item. */
  int first(int lane) {
    return logged[lane];
  }

  /** How many places there are. */
  int count(int lane) {
    return counts[lane];
  }

  /** The j-th place. */
  int place(int lane, int j) {
    return places[lane][j];
  }
}
