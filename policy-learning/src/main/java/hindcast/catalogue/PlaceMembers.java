package hindcast.catalogue;

import java.util.BitSet;

/**
 * Which items of a catalogue lie at which place of an index: those with the same vector share one.
 * Items are sorted by place, those of one place increasing.
 */
final class PlaceMembers {
  private final int[] members;
  private final int[] first;

  /**
   * @param members items by place
   * @param first where the items of a place begin among the members; one more than places
   */
  PlaceMembers(int[] members, int[] first) {
    this.members = members;
    this.first = first;
  }

  /**
   * The members of places whose representatives are given.
   *
   * @param itemAt the representative at each place, or -1 where a place is nobody's
   */
  static PlaceMembers of(DistinctItems distinct, int[] itemAt) {
    int[] placeOf = new int[distinct.items()];
    for (int place = 0; place < itemAt.length; place++) {
      if (itemAt[place] >= 0) {
        placeOf[itemAt[place]] = place;
      }
    }
    for (int a = 0; a < placeOf.length; a++) {
      placeOf[a] = placeOf[distinct.representative(a)];
    }
    Groups groups = Groups.of(placeOf, placeOf.length, itemAt.length);
    return new PlaceMembers(groups.members(), groups.bounds());
  }

  int items() {
    return members.length;
  }

  int places() {
    return first.length - 1;
  }

  int multiplicity(int place) {
    return first[place + 1] - first[place];
  }

  int item(int place, int j) {
    return members[first[place] + j];
  }

  /** Writes up to k items of the best places, best first; returns how many. */
  int write(TopScores best, int k, int[] itemsOut) {
    int written = 0;
    for (int j = 0; j < best.count() && written < k; j++) {
      int from = first[best.id(j)];
      int some = Math.min(first[best.id(j) + 1] - from, k - written);
      System.arraycopy(members, from, itemsOut, written, some);
      written += some;
    }
    return written;
  }

  /** Whether every item from 0 on is at one place, and places follow each other. */
  boolean valid() {
    if (first[0] != 0 || first[places()] != members.length) {
      return false;
    }
    for (int place = 0; place < places(); place++) {
      if (multiplicity(place) < 0) {
        return false;
      }
    }
    BitSet seen = new BitSet(members.length);
    for (int item : members) {
      if (item < 0 || item >= members.length || seen.get(item)) {
        return false;
      }
      seen.set(item);
    }
    return true;
  }

  /** Whether some place has no item. */
  boolean emptyPlace() {
    for (int place = 0; place < places(); place++) {
      if (multiplicity(place) == 0) {
        return true;
      }
    }
    return false;
  }

  int[] members() {
    return members;
  }

  int[] first() {
    return first;
  }

  long bytes() {
    return 4L * (members.length + first.length);
  }
}
