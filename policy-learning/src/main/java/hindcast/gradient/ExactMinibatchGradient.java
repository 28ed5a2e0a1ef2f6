package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.PackedEmbeddings;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * The softmax summed over the whole catalogue for a minibatch at once, in single precision: O(n P
 * L), with the catalogue read from memory once.
 *
 * <p>The logged item and the items that may be rewarded are counted apart, in double precision, as
 * the differences in which the gradient needs them (see {@link ExactEvent}): where such an item has
 * nearly all probability, β_a − β̄ is small and would otherwise be what rounding leaves of two
 * nearly equal vectors. Relative errors of gradients are below 10⁻⁵ as long as those of scores, L ·
 * 6·10⁻⁸ · |h||β|, are.
 *
 * <p>The catalogue is cut into chunks whose vectors and scores stay in the second level cache;
 * every group of {@value MinibatchKernels#LANES} contexts passes over a chunk before the next is
 * read. Events with a list of eligible items are summed over the list, in double precision.
 *
 * <p>A minibatch allocates nothing once one as large was fitted. Errors: {@link
 * ArithmeticException} for scores that are not finite in single precision.
 */
public final class ExactMinibatchGradient implements MinibatchScoreGradient {
  /** Numbers of a chunk, vectors and scores: 384 kB. */
  private static final int CHUNK = 98_304;

  private final PackedEmbeddings items;
  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final ExactScoreGradient listed;
  private final ExactEvent event;
  private final int chunkBlocks;
  private final float[] scratch;
  private final double[] h;
  private RunningSoftmax[] groups = {};
  private int[] place = {};
  private int[] apart = new int[4];
  private double[] parameters;
  private MinibatchContexts minibatch;
  private final int[] numbers;
  private final double[] raw;
  private final float[] values;
  private ItemFunction summed;
  private int used;
  private long minibatches;
  private long events;

  /** A workspace for a catalogue. */
  public ExactMinibatchGradient(PackedEmbeddings items) {
    this.items = items;
    listed = new ExactScoreGradient(items);
    event = new ExactEvent(items, kernels, this::sum);
    int fitting = CHUNK / (BLOCK * (LANES + items.dimension())) / 8 * 8;
    chunkBlocks = Math.min(items.blocks(), Math.max(8, fitting));
    scratch = new float[chunkBlocks * BLOCK * LANES];
    h = new double[items.dimension()];
    numbers = new int[chunkBlocks * BLOCK];
    raw = new double[numbers.length];
    values = new float[numbers.length];
  }

  @Override
  public void fit(double[] theta, MinibatchContexts contexts) {
    parameters = theta;
    minibatch = contexts;
    minibatches++;
    events += contexts.size();
    summed = null;
    used = groups(placeEvents());
    for (int block = 0; block < items.blocks(); block += chunkBlocks) {
      int end = Math.min(items.blocks(), block + chunkBlocks);
      for (int group = 0; group < used; group++) {
        groups[group].add(items, block, end, scratch);
      }
    }
  }

  /** Sums a function that events have in common for all of them; once for each minibatch. */
  private void sum(ItemFunction q) {
    if (summed == q) {
      return;
    }
    summed = q;
    for (int group = 0; group < used; group++) {
      groups[group].beginValues(items, q, scratch);
    }
    for (int block = 0; block < items.blocks(); block += chunkBlocks) {
      int end = Math.min(items.blocks(), block + chunkBlocks);
      int first = block * BLOCK;
      int count = Math.min(items.size(), end * BLOCK) - first;
      for (int k = 0; k < count; k++) {
        numbers[k] = first + k;
      }
      q.at(numbers, 0, count, raw);
      for (int k = 0; k < count; k++) {
        values[k] = (float) raw[k];
      }
      for (int group = 0; group < used; group++) {
        groups[group].addValues(items, block, end, values, scratch);
      }
    }
  }

  /** Gives a lane to every event without a list; returns how many. */
  private int placeEvents() {
    int n = minibatch.size();
    if (place.length < n) {
      place = new int[n];
    }
    int lanes = 0;
    for (int i = 0; i < n; i++) {
      place[i] = minibatch.eligible()[i] == null ? lanes++ : -1;
    }
    reserve(groups(lanes));
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        minibatch.contexts()[i].project(parameters, h.length, h);
        groups[place[i] / LANES].addContext(h);
        int count = apart(i);
        groups[place[i] / LANES].leaveOut(apart, count);
      }
    }
    return lanes;
  }

  private static int groups(int lanes) {
    return (lanes + LANES - 1) / LANES;
  }

  private void reserve(int count) {
    int old = groups.length;
    if (old < count) {
      groups = Arrays.copyOf(groups, count);
      for (int group = old; group < count; group++) {
        groups[group] = new RunningSoftmax(kernels, items.dimension());
      }
    }
    for (int group = 0; group < count; group++) {
      groups[group].clear();
    }
  }

  /** The logged item and the support of an event, increasing; returns how many. */
  private int apart(int i) {
    int[] support = minibatch.support()[i];
    int known = support == null ? 0 : support.length;
    if (apart.length < known + 1) {
      apart = new int[2 * known + 1];
    }
    apart[0] = minibatch.items()[i];
    int count = 1;
    for (int k = 0; k < known; k++) {
      if (support[k] != apart[0]) {
        apart[count++] = support[k];
      }
    }
    Arrays.sort(apart, 0, count);
    return count;
  }

  @Override
  public SoftmaxStatistics at(int i) {
    if (place[i] < 0) {
      listed.fit(
          parameters,
          minibatch.contexts()[i],
          minibatch.items()[i],
          minibatch.eligible()[i],
          minibatch.keys()[i]);
      return listed;
    }
    int count = apart(i);
    event.read(groups[place[i] / LANES], place[i] % LANES, minibatch.items()[i], apart, count);
    return event;
  }

  @Override
  public GradientReport report() {
    return GradientReport.unwatched("exact", minibatches, events);
  }
}
