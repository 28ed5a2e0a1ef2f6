package hindcast.reward;

import hindcast.feedback.Context;
import hindcast.numeric.ForwardDecay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mean rewards of items and of items within segments, each shrunk to the coarser one:
 *
 * <pre>
 *   q_a  = (Σ r over a + k r̄) / (n_a + k)
 *   q_sa = (Σ r over s,a + k q_a) / (n_sa + k)
 * </pre>
 *
 * <p>r̄ is the mean of all rewards (½ before any). Without segments q is q_a, which with k = 2 is
 * the imputed reward of {@code ADAPTIVE}. With a half-life of H events every sum, n included,
 * decays: the i-th of m events weighs {@code 2^(-(m - i) / H)} ({@link ForwardDecay}). Sums merge
 * by addition; one cell for each item or (segment, item) seen.
 *
 * <p>Source: baselines 2.6; methods 2.2 (direct method).
 */
public final class MeanRewardModel implements RewardModel {
  private final double strength;
  private final boolean bySegment;
  private final Map<Integer, double[]> items = new TreeMap<>();
  private final Map<String, Map<Integer, double[]>> segments = new TreeMap<>();
  private final ForwardDecay decay;
  private long events;
  private double count;
  private double sum;

  /**
   * An empty model.
   *
   * @param strength k, above 0: how many events the coarser mean counts for
   * @param bySegment whether segments have means of their own
   */
  public MeanRewardModel(double strength, boolean bySegment) {
    this(strength, bySegment, Double.POSITIVE_INFINITY);
  }

  /**
   * An empty model that forgets.
   *
   * @param strength k, above 0: how many events the coarser mean counts for
   * @param bySegment whether segments have means of their own
   * @param halfLifeEvents H, a whole number of events, or infinity for no decay
   */
  public MeanRewardModel(double strength, boolean bySegment, double halfLifeEvents) {
    if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("strength must be finite and above 0: " + strength);
    }
    this.strength = strength;
    this.bySegment = bySegment;
    this.decay = new ForwardDecay(halfLifeEvents);
  }

  @Override
  public double predict(String segment, Context context, int item) {
    double overall = count == 0 ? 0.5 : sum / count;
    double ofItem = shrunk(items.get(item), overall);
    Map<Integer, double[]> cells = bySegment ? segments.get(segment) : null;
    return cells == null ? ofItem : shrunk(cells.get(item), ofItem);
  }

  private double shrunk(double[] cell, double prior) {
    double f = decay.factor(decay.latestMicros());
    return cell == null ? prior : (f * cell[1] + strength * prior) / (f * cell[0] + strength);
  }

  @Override
  public void update(String segment, Context context, int item, double reward) {
    if (!(Math.abs(reward) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("reward must be finite: " + reward);
    }
    int shift = decay.advance(events);
    if (shift > 0) {
      scale(Math.scalb(1.0, -shift));
    }
    double d = decay.weight(events++);
    count += d;
    sum += d * reward;
    add(items, item, d, d * reward);
    if (bySegment) {
      add(segments.computeIfAbsent(segment, s -> new TreeMap<>()), item, d, d * reward);
    }
  }

  private void scale(double factor) {
    count *= factor;
    sum *= factor;
    scale(items, factor);
    segments.values().forEach(cells -> scale(cells, factor));
  }

  private static void scale(Map<Integer, double[]> cells, double factor) {
    cells
        .values()
        .forEach(
            cell -> {
              cell[0] *= factor;
              cell[1] *= factor;
            });
  }

  private static void add(Map<Integer, double[]> cells, int item, double n, double r) {
    double[] cell = cells.computeIfAbsent(item, a -> new double[2]);
    cell[0] += n;
    cell[1] += r;
  }

  /**
   * Adds the sums of another model over other events. Models that decay count as having run side by
   * side: the k-th events of both are of one age.
   */
  public void merge(MeanRewardModel other) {
    ForwardDecay.Factors factors = decay.merge(other.decay);
    scale(factors.mine());
    double f = factors.theirs();
    events = Math.max(events, other.events);
    count += f * other.count;
    sum += f * other.sum;
    other.items.forEach((item, cell) -> add(items, item, f * cell[0], f * cell[1]));
    other.segments.forEach(
        (segment, cells) -> {
          Map<Integer, double[]> mine = segments.computeIfAbsent(segment, s -> new TreeMap<>());
          cells.forEach((item, cell) -> add(mine, item, f * cell[0], f * cell[1]));
        });
  }

  @Override
  public MeanRewardModel freeze() {
    MeanRewardModel copy = new MeanRewardModel(strength, bySegment, decay.halfLifeMicros());
    copy.merge(this);
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    decay.write(out);
    out.writeLong(events);
    out.writeDouble(count);
    out.writeDouble(sum);
    write(items, out);
    out.writeInt(segments.size());
    for (Map.Entry<String, Map<Integer, double[]>> entry : segments.entrySet()) {
      out.writeUTF(entry.getKey());
      write(entry.getValue(), out);
    }
  }

  private static void write(Map<Integer, double[]> cells, DataOutput out) throws IOException {
    out.writeInt(cells.size());
    for (Map.Entry<Integer, double[]> entry : cells.entrySet()) {
      out.writeInt(entry.getKey());
      out.writeDouble(entry.getValue()[0]);
      out.writeDouble(entry.getValue()[1]);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    decay.read(in);
    events = in.readLong();
    count = in.readDouble();
    sum = in.readDouble();
    read(items, in);
    segments.clear();
    for (int k = in.readInt(); k > 0; k--) {
      read(segments.computeIfAbsent(in.readUTF(), s -> new TreeMap<>()), in);
    }
  }

  private static void read(Map<Integer, double[]> cells, DataInput in) throws IOException {
    cells.clear();
    for (int k = in.readInt(); k > 0; k--) {
      cells.put(in.readInt(), new double[] {in.readDouble(), in.readDouble()});
    }
  }
}
