package hindcast.catalogue;

/** Numbers 0 to n − 1 sorted by the group they belong to, in increasing order within a group. */
final class Groups {
  private final int[] members;
  private final int[] from;

  private Groups(int[] members, int[] from) {
    this.members = members;
    this.from = from;
  }

  /** Sorts by {@code group[i]} in [0, count). */
  static Groups of(int[] group, int n, int count) {
    int[] from = new int[count + 1];
    for (int i = 0; i < n; i++) {
      from[group[i] + 1]++;
    }
    for (int g = 0; g < count; g++) {
      from[g + 1] += from[g];
    }
    int[] next = from.clone();
    int[] members = new int[n];
    for (int i = 0; i < n; i++) {
      members[next[group[i]]++] = i;
    }
    return new Groups(members, from);
  }

  /** Where group g begins among the members; group g + 1 begins where it ends. */
  int from(int g) {
    return from[g];
  }

  /** The j-th number in this order. */
  int member(int j) {
    return members[j];
  }

  int[] members() {
    return members;
  }

  int[] bounds() {
    return from;
  }
}
