package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;

import hindcast.catalogue.PartitionedItems;

/**
 * The values of a function at the places of some blocks: at each the mean over the items that share
 * it, 0 where a place belongs to nobody. The items of the blocks are asked for in one call.
 */
final class PlaceValues {
  private final PartitionedItems items;
  private double[] raw = new double[2 * LaneSums.CHUNK * BLOCK];

  PlaceValues(PartitionedItems items) {
    this.items = items;
  }

  /** Writes the values of blocks to {@code out[from]} and on. */
  void fill(ItemFunction q, int fromBlock, int toBlock, float[] out, int from) {
    int first = items.itemsBefore(fromBlock * BLOCK);
    int count = items.itemsBefore(toBlock * BLOCK) - first;
    if (raw.length < count) {
      raw = new double[2 * count];
    }
    q.at(items.itemNumbers(), first, count, raw);
    int places = (toBlock - fromBlock) * BLOCK;
    for (int j = 0; j < places; j++) {
      int place = fromBlock * BLOCK + j;
      int at = items.itemsBefore(place) - first;
      int multiplicity = items.multiplicity(place);
      out[from + j] = multiplicity == 1 ? (float) raw[at] : mean(at, multiplicity);
    }
  }

  /** The value at one place. */
  double at(ItemFunction q, int place) {
    double sum = 0;
    for (int j = 0; j < items.multiplicity(place); j++) {
      sum += q.at(items.item(place, j));
    }
    return sum / items.multiplicity(place);
  }

  private float mean(int at, int multiplicity) {
    double sum = 0;
    for (int j = at; j < at + multiplicity; j++) {
      sum += raw[j];
    }
    return multiplicity == 0 ? 0 : (float) (sum / multiplicity);
  }
}
