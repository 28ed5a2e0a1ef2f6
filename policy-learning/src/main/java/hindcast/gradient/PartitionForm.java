package hindcast.gradient;

/**
 * How much of a catalogue is summed and how much is drawn.
 *
 * @param budget E, places enumerated for each context beside the head, at least 0
 * @param draws N, draws of the tail shared by 32 contexts, at least 1
 */
public record PartitionForm(int budget, int draws) {
  /** A tail weight that holds more of Ẑ than this is an alarm. */
  public static final double LARGEST_SHARE = .01;

  /** For policies an audit has found easy. */
  public static final PartitionForm FAST = new PartitionForm(500, 1024);

  /**
   * The default. Draws cost less than places: they are shared by 32 contexts, whose enumerated
   * clusters are not.
   */
  public static final PartitionForm STANDARD = new PartitionForm(500, 2048);

  /** For numbers that are reported rather than followed. */
  public static final PartitionForm CAREFUL = new PartitionForm(2000, 4096);

  public PartitionForm {
    if (budget < 0 || draws < 1) {
      throw new IllegalArgumentException(
          "a partition gradient enumerates at least 0 places and draws at least 1: "
              + budget
              + ", "
              + draws);
    }
  }

  @Override
  public String toString() {
    return "partition E=" + budget + " N=" + draws;
  }
}
