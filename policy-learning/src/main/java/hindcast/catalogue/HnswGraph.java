package hindcast.catalogue;

/**
 * Links of a navigable small world graph in flat arrays: in each layer the neighbours of node n are
 * {@code links[starts[n]]} to {@code links[starts[n + 1] - 1]}. Layer 0 has every node, a layer
 * above some of those below. Immutable.
 */
final class HnswGraph {
  private final int entry;
  private final int[][] starts;
  private final int[][] links;

  /**
   * @param entry the node a search begins at, one of the topmost layer
   * @param starts for each layer one number more than nodes
   * @param links for each layer the neighbours
   */
  HnswGraph(int entry, int[][] starts, int[][] links) {
    this.entry = entry;
    this.starts = starts;
    this.links = links;
  }

  int entry() {
    return entry;
  }

  int nodes() {
    return starts[0].length - 1;
  }

  int layers() {
    return starts.length;
  }

  /** Where the neighbours of a node begin; those of node n + 1 begin where they end. */
  int from(int layer, int node) {
    return starts[layer][node];
  }

  int link(int layer, int j) {
    return links[layer][j];
  }

  int[] starts(int layer) {
    return starts[layer];
  }

  int[] links(int layer) {
    return links[layer];
  }

  /** Whether a search can follow every link. */
  boolean valid() {
    boolean valid = 0 <= entry && entry < nodes();
    for (int layer = 0; layer < layers() && valid; layer++) {
      valid = starts[layer][0] == 0 && starts[layer][nodes()] == links[layer].length;
      for (int node = 0; node < nodes(); node++) {
        valid &= starts[layer][node] <= starts[layer][node + 1];
      }
      for (int link : links[layer]) {
        valid &= 0 <= link && link < nodes();
      }
    }
    return valid;
  }

  long bytes() {
    long numbers = 0;
    for (int layer = 0; layer < layers(); layer++) {
      numbers += starts[layer].length + links[layer].length;
    }
    return 4 * numbers;
  }
}
